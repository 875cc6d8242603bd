import type { AskedRanking, EmptyPolicy, OptionNames } from '@qualm/selection';
import { aggregationNamed } from '@qualm/strategies';
import { resolveStrategy } from './strategies.ts';

/** What commands that rank stored predictions are asked. */
export interface RankingOptions {
  readonly predictions: string;
  readonly strategy?: string | undefined;
  readonly aggregate?: string | undefined;
  readonly minScore: number;
  readonly empty: EmptyPolicy;
  readonly seed?: number | undefined;
}

/** The same with strategies and aggregations instead of their names.
 * @throws UsageError for a strategy that there is not.
 */
export async function namedRanking(
  { strategy, aggregate, minScore, empty, seed }: RankingOptions,
  cwd: string,
): Promise<AskedRanking & Pick<RankingOptions, 'empty' | 'seed'>> {
  return {
    ...{ minScore, empty, seed },
    strategy: strategy === undefined ? undefined : await resolveStrategy(strategy, cwd),
    aggregate: aggregate === undefined ? undefined : aggregationNamed(aggregate)!,
  };
}

/** What notes call the options. */
export const optionNames: OptionNames = {
  strategy: '--strategy',
  minScore: '--min-score',
  empty: '--empty',
  keepScores: '--form class_scores',
  dropFaint: '--min-score',
  fonts: '--font',
};
