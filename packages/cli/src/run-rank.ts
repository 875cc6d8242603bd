import { extname, resolve } from 'node:path';
import type { ColumnTable } from 'arquero';
import { formatCsv, writeCsv, writeParquet } from '@qualm/datasets';
import { UsageError } from './exit-code.ts';
import { rankPredictions } from './rank-predictions.ts';
import type { Aggregate } from './rank-predictions.ts';
import { resolveStrategy } from './strategies.ts';
import { storeFile } from './store-file.ts';
import type { Terminal } from './terminal.ts';
import { writeParts } from './write-data.ts';
import { tableColumns } from './write-selection.ts';

/** What `qualm rank` was asked for. */
export interface RankCommandOptions {
  readonly predictions: string;
  readonly strategy: string;
  readonly level: 'detections' | 'images';
  readonly aggregate: Aggregate;
  readonly minScore: number;
  readonly limit: number;
  readonly out: string;
  readonly json?: true | undefined;
}

/** Ranks stored predictions and writes the list. */
export async function runRank(options: RankCommandOptions, terminal: Terminal): Promise<void> {
  assertListName(options.out);
  const strategy = await resolveStrategy(options.strategy, terminal.cwd);
  const ranking = await rankPredictions(options.predictions, { ...options, strategy, signal: terminal.signal });
  const table = ranking[options.level].slice(0, options.limit).reify();
  await writeTable(table, options, terminal);
}

async function writeTable(
  table: ColumnTable,
  { out, json }: RankCommandOptions,
  { cwd, stdout }: Terminal,
): Promise<void> {
  if (out === '-') {
    return writeParts(stdout, json ? [`${JSON.stringify(table.objects())}\n`] : formatCsv(tableColumns(table)));
  }
  const path = resolve(cwd, out);
  switch (extname(path)) {
    case '.csv':
      return writeCsv(path, tableColumns(table));
    case '.parquet':
      return writeParquet(path, tableColumns(table));
    case '.json':
      return storeFile(path, `${JSON.stringify(table.objects(), null, 1)}\n`);
  }
}

function assertListName(out: string): void {
  if (out === '-' || /\.(csv|json|parquet)$/.test(out)) return;
  throw new UsageError(`--out ${out}: wanted a name that ends in .csv, .json or .parquet, or - for stdout`);
}
