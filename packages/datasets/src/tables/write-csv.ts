import { assertText } from '@qualm/types';
import { inChunks } from '../files/in-chunks.ts';
import { writeFileWhole } from '../files/write-file-whole.ts';
import { formatCsv } from './format-csv.ts';
import type { CsvOptions } from './format-csv.ts';
import type { TableColumns } from './column-type.ts';

/** Stores a table as a CSV file; see `formatCsv` for its form. The file is there whole or not at
 * all.
 * @throws RangeError as `formatCsv`; QualmError `io`.
 * @example await writeCsv('ranked.csv', { image_id: ['a'], margin: [0.1] })
 */
export async function writeCsv(path: string, columns: TableColumns, options: CsvOptions = {}): Promise<void> {
  assertText('writeCsv', 'its path', path, "a path, such as 'ranked.csv'");
  await writeFileWhole(path, inChunks(formatCsv(columns, options)));
}
