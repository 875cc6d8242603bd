import { join } from 'node:path';
import { writeCsv } from '@qualm/datasets';
import type { Ranking } from './rank-predictions.ts';
import { storeFile } from './store-file.ts';
import { tableColumns } from './table-columns.ts';
import { csvOptions, listedTable } from './write-table.ts';

/** Where the ranked lists are. */
export interface SelectionFiles {
  readonly detections: string;
  readonly images: string;
  readonly selection: string;
}

/** Writes detections.csv and images.csv, least sure first, and selection.json for programs. */
export async function writeSelection(out: string, ranking: Ranking, raw: true | undefined): Promise<SelectionFiles> {
  const files = {
    detections: join(out, 'detections.csv'),
    images: join(out, 'images.csv'),
    selection: join(out, 'selection.json'),
  };
  for (const list of ['detections', 'images'] as const) {
    const types = ranking.columns[list];
    await writeCsv(files[list], tableColumns(listedTable(ranking[list], types)), csvOptions(types, raw));
  }
  const { strategy, aggregate, imageColumn, imageOrder, boxWords, imageWords, minScore } = ranking.choice;
  const selection = {
    strategy: { name: strategy.name, order: strategy.order, words: boxWords },
    aggregate: { how: aggregate, empty: ranking.empty, column: imageColumn, order: imageOrder, words: imageWords },
    minScore,
    counts: ranking.counts,
    images: ranking.images.objects(),
  };
  await storeFile(files.selection, `${JSON.stringify(selection, null, 1)}\n`);
  return files;
}
