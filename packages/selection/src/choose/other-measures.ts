import type { RankedSet, RankingChoice } from './ranking-choice.ts';
import { chooseRanking } from './choose-ranking.ts';
import { strategyMeasure } from './measure.ts';
import type { Measure } from './measure.ts';

/** What asks another model's predictions the same as these are asked, strategy by strategy, so that
 * the numbers of both can be held against each other.
 */
export function otherMeasures(choices: readonly RankingChoice[], set: RankedSet): readonly Measure[] {
  return choices.map(({ strategy, aggregation, askedMinScore }) =>
    strategyMeasure(chooseRanking(set, { strategy, aggregate: aggregation, minScore: askedMinScore })),
  );
}

/** What the user should know where the numbers of two models do not mean the same; null where they
 * do.
 */
export function comparedWarning(
  own: RankedSet,
  other: RankedSet,
  [first, second]: readonly [string, string],
): string | null {
  const kindOf = ({ form, scoreKind, labels }: RankedSet): string =>
    form === 'detections' && labels.length > 1
      ? 'one score a box'
      : scoreKind === undefined
        ? 'scores of an unknown kind'
        : `${scoreKind} scores`;
  const [one, two] = [kindOf(own), kindOf(other)];
  return one === two ? null : `${first} has ${one} and ${second} ${two}: the difference of their numbers says little`;
}
