import { QualmError } from '@qualm/types';
import { chooseRanking } from '../choose/choose-ranking.ts';
import type { AskedRanking } from '../choose/choose-ranking.ts';
import { disagreement, furtherStrategies, strategyMeasure } from '../choose/measure.ts';
import type { Measure } from '../choose/measure.ts';
import { otherMeasures } from '../choose/other-measures.ts';
import type { RankedSet, RankingChoice } from '../choose/ranking-choice.ts';

/** What cells are ranked by, and what the page can be sorted by besides. */
export interface ReportMeasures {
  readonly measures: readonly [Measure, ...Measure[]];
  /** Those that another model's boxes are asked too; none without one. */
  readonly compared: readonly ComparedMeasure[];
}

export interface ComparedMeasure {
  /** Of the same question among `measures`. */
  readonly place: number;
  /** What asks the other model. */
  readonly measure: Measure;
}

/** @param other the set of the other model's predictions; null without one
 * @throws QualmError `options-invalid` for a ranking by disagreement without another model.
 */
export function reportMeasures(
  choice: RankingChoice,
  { aggregate, minScore, byDisagreement = false }: AskedRanking & { readonly byDisagreement?: boolean | undefined },
  other: RankedSet | null,
): ReportMeasures {
  if (byDisagreement && other === null)
    throw new QualmError(
      'options-invalid',
      'report by disagreement: needs predictions of another model to compare with',
    );
  const choices = [
    choice,
    ...furtherStrategies(choice).map((strategy) => chooseRanking(choice.set, { strategy, aggregate, minScore })),
  ];
  const [best, ...further] = choices.map(strategyMeasure);
  if (other === null) return { measures: [best!, ...further], compared: [] };
  const before = byDisagreement ? 1 : 0;
  return {
    measures: byDisagreement ? [disagreement, best!, ...further] : [best!, ...further, disagreement],
    compared: otherMeasures(choices, other).map((measure, at) => ({ place: at + before, measure })),
  };
}

/** What another model's boxes are asked, in the order of the measures; null for nothing. */
export function askedOfOther({ measures, compared }: ReportMeasures): (Measure | null)[] {
  return measures.map((_, at) => compared.find(({ place }) => place === at)?.measure ?? null);
}
