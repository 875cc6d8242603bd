import { aggregate, countOfBoxes, leastSure, meanOfBoxes, quantile, sumOfBoxes, topKMean } from '@qualm/strategies';
import type { Aggregation, ScoreFunction } from '@qualm/strategies';
import { doubts } from './doubts.ts';
import type { LabelledImage } from './labelled-image.ts';
import { orderOf } from './looks.ts';

/** A way to rank images: a doubt of each box, and how those of an image become one number. */
export interface ImageRanking {
  readonly doubt: string;
  readonly aggregate: string;
  /** Rows of images, least sure first, by the boxes at or above that score. */
  readonly orderAt: (minScore: number) => Uint32Array;
}

const aggregations: Readonly<Record<string, Aggregation>> = {
  greatest: leastSure,
  'mean of 3 greatest': topKMean(3),
  mean: meanOfBoxes,
  median: quantile(0.5),
  'quantile .9': quantile(0.9),
  sum: sumOfBoxes,
};

/** Every doubt with every aggregate, and the number of boxes. */
export function imageRankings(images: readonly LabelledImage[]): readonly ImageRanking[] {
  const byDoubt = doubts.flatMap((doubt) =>
    Object.entries(aggregations).map(([name, how]) => rankingOf(images, doubt, name, how)),
  );
  return [...byDoubt, rankingOf(images, doubts[0]!, 'count', countOfBoxes)];
}

function rankingOf(
  images: readonly LabelledImage[],
  doubt: ScoreFunction,
  name: string,
  how: Aggregation,
): ImageRanking {
  const rows = images.map(({ found }) => found.map(({ scores }) => [scores[0]!, doubt.score(scores)] as const));
  return {
    doubt: how === countOfBoxes ? 'boxes' : doubt.name,
    aggregate: name,
    orderAt: (minScore) => {
      const kept = rows.map((row) => row.filter(([best]) => best >= minScore).map(([, value]) => value));
      const offsets = [0];
      for (const { length } of kept) offsets.push(offsets.at(-1)! + length);
      const { name: of, order } = doubt;
      return orderOf(aggregate({ name: of, order, values: kept.flat() }, offsets, how, { empty: 'last' }).values);
    },
  };
}
