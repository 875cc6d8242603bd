import { rankAsAsked } from './rank-as-asked.ts';
import type { RankingOptions } from './rank-as-asked.ts';
import { rankingNotes } from './ranking-notes.ts';
import { createReporter } from './reporter.ts';
import type { Terminal } from './terminal.ts';
import { claimList, writeTable } from './write-table.ts';
import type { TableOutput } from './write-table.ts';

/** What `qualm rank` was asked for. */
export interface RankCommandOptions extends TableOutput, RankingOptions {
  readonly level: 'detections' | 'images';
  readonly limit: number;
}

/** Ranks stored predictions and writes the list. */
export async function runRank(options: RankCommandOptions, terminal: Terminal): Promise<void> {
  await claimList(options, terminal);
  const reporter = createReporter(terminal, { json: false });
  const ranking = await rankAsAsked(options, options.limit, terminal);
  for (const note of rankingNotes(ranking)) reporter.note(note);
  const table = ranking[options.level].slice(0, options.limit).reify();
  await writeTable(table, ranking.columns[options.level], options, terminal);
}
