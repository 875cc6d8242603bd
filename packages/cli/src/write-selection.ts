import { join } from 'node:path';
import type { ColumnTable } from 'arquero';
import { writeCsv } from '@qualm/datasets';
import type { Column, Strategy } from '@qualm/types';
import type { Ranking } from './rank-predictions.ts';
import { storeFile } from './store-file.ts';

/** Where the ranked lists are. */
export interface SelectionFiles {
  readonly detections: string;
  readonly images: string;
  readonly selection: string;
}

/** The columns of a table, by name, as `@qualm/datasets` takes them. */
export function tableColumns(table: ColumnTable): Record<string, Column<unknown>> {
  const flat = table.reify();
  return Object.fromEntries(flat.columnNames().map((name) => [name, flat.column(name) as unknown as Column<unknown>]));
}

/** Writes detections.csv and images.csv, least sure first, and selection.json for programs. */
export async function writeSelection(out: string, ranking: Ranking, strategy: Strategy): Promise<SelectionFiles> {
  const files = {
    detections: join(out, 'detections.csv'),
    images: join(out, 'images.csv'),
    selection: join(out, 'selection.json'),
  };
  await writeCsv(files.detections, tableColumns(ranking.detections));
  await writeCsv(files.images, tableColumns(ranking.images));
  const selection = {
    strategy: { name: strategy.name, order: strategy.order },
    aggregate: ranking.aggregate,
    counts: ranking.counts,
    images: ranking.images.objects(),
  };
  await storeFile(files.selection, `${JSON.stringify(selection, null, 1)}\n`);
  return files;
}
