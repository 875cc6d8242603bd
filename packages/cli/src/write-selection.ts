import { join } from 'node:path';
import { writeCsv } from '@qualm/datasets';
import type { Ranking } from './rank-predictions.ts';
import { storeFile, storeWith } from './own-files.ts';
import type { OverwriteOptions } from './own-files.ts';
import { tableColumns } from './table-columns.ts';
import { csvOptions, listedTable } from './write-table.ts';

/** Where the ranked lists are. */
export interface SelectionFiles {
  readonly detections: string;
  readonly images: string;
  readonly selection: string;
}

/** The files of a selection in its folder. */
export function selectionFiles(out: string): SelectionFiles {
  return {
    detections: join(out, 'detections.csv'),
    images: join(out, 'images.csv'),
    selection: join(out, 'selection.json'),
  };
}

/** Writes detections.csv and images.csv, least sure first, and selection.json for programs. */
export async function writeSelection(
  out: string,
  ranking: Ranking,
  options: OverwriteOptions & { readonly raw?: true | undefined },
): Promise<SelectionFiles> {
  const files = selectionFiles(out);
  for (const list of ['detections', 'images'] as const) {
    const types = ranking.columns[list];
    const columns = tableColumns(listedTable(ranking[list], types));
    const csv = csvOptions(types, options.raw);
    await storeWith(files[list], options, () => writeCsv(files[list], columns, csv));
  }
  const { strategy, aggregate, imageColumn, imageOrder, boxWords, imageWords, minScore } = ranking.choice;
  const selection = {
    strategy: { name: strategy.name, order: strategy.order, words: boxWords },
    aggregate: { how: aggregate, empty: ranking.empty, column: imageColumn, order: imageOrder, words: imageWords },
    minScore,
    counts: ranking.counts,
    images: ranking.images.objects(),
  };
  await storeFile(files.selection, `${JSON.stringify(selection, null, 1)}\n`, options);
  return files;
}
