import { shortNumber } from '@qualm/types';
import { createSelection } from '@qualm/types/rows';
import type { SelectedRows, TieOptions } from '@qualm/types/rows';
import { assertOptions } from '../numbers/assert-arguments.ts';
import { assertCount } from '../numbers/assert-count.ts';
import { numRowsOf, type Embeddings } from './embeddings.ts';
import { labelledPoints, type LabelledOptions } from './labelled-points.ts';
import { pickGreedily } from './pick-greedily.ts';
import { pointsWithout } from './point-order.ts';
import { createPoints } from './points.ts';

/** Options of `maximalMarginalRelevance`. */
export interface MaximalMarginalRelevanceOptions extends TieOptions, LabelledOptions {
  /** What each row is worth by itself, large numbers first: a column of scores, of an `orient`ed
   * strategy if need be. Rows with NaN are never picked. */
  readonly scores: ArrayLike<number>;
  /** Rows wanted; fewer come back where fewer have a vector and a score. */
  readonly count: number;
  /** 0 (only differing counts) to 1 (only the score does); 0.5 unless said. */
  readonly lambda?: number;
}

/** Rows that score high and differ from each other, by maximal marginal relevance: each pick is
 *
 *     argmax over rows x of lambda score(x) - (1 - lambda) max over labelled and picked rows c of
 *     cosine(x, c)
 *
 * Cosines lie between -1 and 1; scale scores to something like it, or choose `lambda` for their
 * scale. Where nothing is labelled or picked, the score alone decides. Exact: every row's
 * similarity is that of the formula where it matters. The first picks of a larger `count` are those
 * of a smaller one. Rows without a vector, zeros, and labelled ones are never picked. Memory is
 * linear in the rows.
 * @throws RangeError when `count` is not a whole number from 0, `lambda` is not in 0..1, there is
 * not a score for each row, a labelled row is none, or shapes disagree.
 * @see Carbonell & Goldstein 1998, The use of MMR, diversity-based reranking for reordering
 * documents and producing summaries
 * @example maximalMarginalRelevance({ matrix: Float32Array.of(1, 0, 1, 0, 0, 1), dimensions: 2 }, { scores: [0.9, 0.8, 0.5], count: 2 }).rows // Uint32Array [0, 2]
 */
export function maximalMarginalRelevance(
  embeddings: Embeddings,
  options: MaximalMarginalRelevanceOptions,
): SelectedRows {
  const where = 'maximalMarginalRelevance';
  assertOptions(where, options, '{ scores, count: 10 }');
  const { scores, count, lambda = 0.5, labelled = [], ...ties } = options;
  assertCount(where, count);
  if (!(lambda >= 0 && lambda <= 1)) throw new RangeError(`${where}: lambda is ${lambda}; expected 0 to 1`);
  const room = { numCentres: labelled.length + Math.min(count, numRowsOf(where, embeddings)) };
  const points = createPoints(where, embeddings, { ...ties, metric: 'cosine' }, room);
  const { rowOf, pointOf, numPoints } = points;
  if (scores.length !== pointOf.length)
    throw new RangeError(`${where}: ${scores.length} scores for ${pointOf.length} rows; expected one for each`);
  const centres = labelledPoints(where, points, labelled);
  const scoreOf = (point: number): number => scores[rowOf[point]!]!;
  const { picked, squares } = pickGreedily(points, {
    count,
    centres,
    candidates: pointsWithout(numPoints, centres).filter((point) => !Number.isNaN(scoreOf(point))),
    valueOf: (point, squared) => worth(scoreOf(point), Math.max(-1, cosineOf(squared)), lambda),
  });
  return createSelection(
    picked.map((point) => rowOf[point]!),
    (place) => {
      const score = scoreOf(picked[place]!);
      if (squares[place] === Infinity) return { reason: 'the greatest score', scores: { score }, ranks: {} };
      const similarity = cosineOf(squares[place]!);
      const reason = `scores ${shortNumber(score)}, cosine ${shortNumber(similarity)} with the most similar labelled or picked row`;
      return { reason, scores: { score, similarity, relevance: worth(score, similarity, lambda) }, ranks: {} };
    },
  );
}

/** Of two vectors of length 1. */
function cosineOf(squaredDistance: number): number {
  return 1 - squaredDistance / 2;
}

function worth(score: number, similarity: number, lambda: number): number {
  // An infinite score times 0 is NaN.
  return (lambda === 0 ? 0 : lambda * score) - (1 - lambda) * similarity;
}
