import { parquetReadObjects } from 'hyparquet';
import { assertText, Box2d } from '@qualm/types';
import { notParquet, openParquetFile } from '../parquet/parquet-file.ts';

/** A table in memory. */
export interface ParquetTable {
  readonly length: number;
  /** By name, in the file's order, as a table library takes them. */
  readonly columns: Readonly<Record<string, readonly unknown[]>>;
}

/** A Parquet file of any maker as columns. Structs of `xmin, ymin, xmax, ymax` become `Box2d` (in
 * pixels), int64 becomes a number where it is a safe one and a bigint elsewhere, and lists are
 * arrays. Compression: none, snappy, gzip, zstd, brotli or lz4.
 * @throws QualmError `io` when it cannot be read, `dataset-invalid` when it is not such a file.
 * @example aq.table((await readParquet('margins.parquet')).columns)
 */
export async function readParquet(path: string): Promise<ParquetTable> {
  assertText('readParquet', 'its path', path, "a path, such as 'margins.parquet'");
  const file = await openParquetFile(path);
  const { buffer, metadata, compressors } = file;
  const rows = await parquetReadObjects({ file: buffer, metadata, compressors }).catch((cause: unknown) => {
    throw notParquet(path, cause);
  });
  const names = file.schema.children.map(({ element }) => element.name);
  return {
    length: rows.length,
    columns: Object.fromEntries(names.map((name) => [name, rows.map((row) => revive(row[name]))])),
  };
}

function revive(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(revive);
  if (!isPlainObject(value)) return value;
  return isBox(value)
    ? new Box2d(value.xmin, value.ymin, value.xmax, value.ymax)
    : Object.fromEntries(Object.entries(value).map(([key, field]) => [key, revive(field)]));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isBox(value: Record<string, unknown>): value is { xmin: number; ymin: number; xmax: number; ymax: number } {
  const edges = ['xmin', 'ymin', 'xmax', 'ymax'];
  return (
    Object.keys(value).length === 4 &&
    edges.every((edge) => typeof value[edge] === 'number') &&
    0 <= (value['xmin'] as number) &&
    0 <= (value['ymin'] as number) &&
    (value['xmin'] as number) <= (value['xmax'] as number) &&
    (value['ymin'] as number) <= (value['ymax'] as number)
  );
}
