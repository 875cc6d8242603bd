import { join } from 'node:path';
import { writeCsv } from '@qualm/datasets';
import type { Ranking } from '@qualm/selection';
import { leastSure } from '@qualm/strategies';
import { storeFile, storeWith } from '../../output/own-files.ts';
import type { OverwriteOptions } from '../../output/own-files.ts';
import { csvOptions, listRows } from '../../output/write-list.ts';

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
  options: OverwriteOptions & { readonly raw?: true | undefined; readonly aggregate?: string | undefined },
): Promise<SelectionFiles> {
  const files = selectionFiles(out);
  const lists = [
    [files.detections, ranking.boxes],
    [files.images, ranking.images],
  ] as const;
  for (const [path, list] of lists) {
    const csv = csvOptions(list.types, options.raw);
    await storeWith(path, options, () => writeCsv(path, list.columns(), csv));
  }
  const { strategy, aggregation, imageColumn, imageOrder, boxWords, imageWords, minScore } = ranking.choice;
  const selection = {
    strategy: { name: strategy.name, order: strategy.order, words: boxWords },
    aggregate: {
      how: (options.aggregate ?? aggregation.name === leastSure.name) ? 'least-sure' : aggregation.name,
      empty: ranking.empty,
      column: imageColumn,
      order: imageOrder,
      words: imageWords,
    },
    minScore,
    counts: ranking.counts,
    images: listRows(ranking.images),
  };
  await storeFile(files.selection, `${JSON.stringify(selection, null, 1)}\n`, options);
  return files;
}
