import { rankPredictions } from './rank-predictions.ts';
import { resolveStrategy } from './strategies.ts';
import type { Terminal } from './terminal.ts';
import { assertListName, writeTable } from './write-table.ts';
import type { TableOutput } from './write-table.ts';

/** What `qualm rank` was asked for. */
export interface RankCommandOptions extends TableOutput {
  readonly predictions: string;
  readonly strategy: string;
  readonly level: 'detections' | 'images';
  readonly aggregate: string;
  readonly empty: 'first' | 'last' | number;
  readonly minScore: number;
  readonly seed?: number | undefined;
  readonly limit: number;
}

/** Ranks stored predictions and writes the list. */
export async function runRank(options: RankCommandOptions, terminal: Terminal): Promise<void> {
  assertListName(options.out);
  const strategy = await resolveStrategy(options.strategy, terminal.cwd);
  const ranking = await rankPredictions(options.predictions, { ...options, strategy, signal: terminal.signal });
  const table = ranking[options.level].slice(0, options.limit).reify();
  await writeTable(table, ranking.columns[options.level], options, terminal);
}
