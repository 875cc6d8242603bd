import { chooseRanking } from './choose-ranking.ts';
import type { AskedRanking, RankedFolder } from './choose-ranking.ts';
import { rankPredictions } from './rank-predictions.ts';
import type { Ranking, RankOptions } from './rank-predictions.ts';
import type { Terminal } from './terminal.ts';

/** What commands that rank stored predictions are asked. */
export interface RankingOptions extends AskedRanking, RankedFolder, Pick<RankOptions, 'empty' | 'seed'> {}

/** Ranks stored predictions by what was asked for, or by what the kind of their scores needs.
 * @throws UsageError for a strategy that there is not, and as `rankPredictions`.
 */
export async function rankAsAsked(
  { empty, seed, ...asked }: RankingOptions,
  limit: number,
  { cwd, signal }: Pick<Terminal, 'cwd' | 'signal'>,
): Promise<Ranking> {
  const { choice } = await chooseRanking(asked, cwd);
  return rankPredictions(asked.predictions, { choice, empty, seed, limit, signal });
}
