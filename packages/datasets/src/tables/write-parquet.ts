import { setImmediate } from 'node:timers/promises';
import { assertOptions, assertText } from '@qualm/types';
import type { Column } from '@qualm/types';
import { writeFileWhole } from '../files/write-file-whole.ts';
import { rootSchema } from '../parquet/schema-elements.ts';
import { tableLength } from './table-length.ts';
import { columnSchema, toStored } from './column-schema.ts';
import { inferColumnType } from './column-type.ts';
import type { ColumnType, TableColumns } from './column-type.ts';

/** Options of `writeParquet`. */
export interface WriteParquetOptions {
  /** Types of columns by name; the others are inferred from their first 1000 values that are there.
   */
  readonly types?: Readonly<Record<string, ColumnType>>;
}

const rowsPerGroup = 20_000;

/** Stores a flat table, such as an exploded and ranked one, as a Parquet file (snappy): numbers,
 * booleans, text, `Image` (as its URI), `Box2d` (a struct of four floats) and lists of numbers or
 * text, nulls among them. The file is there whole or not at all; the event loop gets its turn every
 * 20,000 rows.
 * @throws RangeError for columns of different lengths or values that do not fit their type;
 * QualmError `io`.
 * @example await writeParquet('margins.parquet', { image_id: ['a'], box: [new Box2d(0, 0, 1, 1)], margin: [0.1] })
 */
export async function writeParquet(
  path: string,
  columns: TableColumns,
  options: WriteParquetOptions = {},
): Promise<void> {
  assertText('writeParquet', 'its path', path, "a path, such as 'margins.parquet'");
  assertOptions('writeParquet', options, "{ types: { image_id: 'string' } }");
  const { types = {} } = options;
  const length = tableLength('writeParquet', columns);
  const typed = Object.entries(columns).map(([name, column]) => ({
    name,
    column,
    type: types[name] ?? inferColumnType(name, column),
  }));
  const schema = rootSchema(typed.map(({ name, type }) => columnSchema(name, type)));
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  const bytes = new ByteWriter(1 << 16);
  const writer = new ParquetWriter({ writer: bytes, schema, createdBy: 'qualm' });
  for (let start = 0; start < length; start += rowsPerGroup) {
    const end = Math.min(length, start + rowsPerGroup);
    const columnData = typed.map(({ name, type, column }) => ({
      name,
      data: storedRows(name, type, column, start, end),
    }));
    await writer.write({ columnData, rowGroupSize: rowsPerGroup });
    await setImmediate();
  }
  await writer.finish();
  await writeFileWhole(path, bytes.getBytes());
}

function storedRows(name: string, type: ColumnType, column: Column<unknown>, start: number, end: number): unknown[] {
  return Array.from({ length: end - start }, (_, i) => toStored(name, type, column.at(start + i)));
}
