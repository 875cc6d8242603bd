import { tableFromIPC } from '@uwdata/flechette';
import type { Batch } from '@uwdata/flechette';
import type { SqlBatch } from '@qualm/sql';
import type { DataType_StructField } from '../generated/spark/connect/types_pb.ts';
import { valueReader } from './value-reader.ts';

/** The rows of an Arrow stream, in its own batches.
 * @throws an error of any kind for bytes that are no such stream, or have other columns.
 */
export function readBatches(bytes: Uint8Array, fields: readonly DataType_StructField[]): SqlBatch[] {
  // A copy: what gRPC gives is a view of some place in a larger buffer, and numbers need aligned
  // memory.
  const { children } = tableFromIPC(new Uint8Array(bytes), { useBigInt: true, useDecimalInt: true });
  if (children.length !== fields.length)
    throw new RangeError(`there are ${children.length} columns; the schema has ${fields.length}`);
  const parts = children.map((column) => column.data as readonly Batch<unknown>[]);
  return (parts[0] ?? []).map(({ length }, part) => {
    const readers = fields.map(({ dataType }, at) => valueReader(parts[at]![part]!, dataType!));
    const value: SqlBatch['value'] = (column, row) => readers[column]!(row);
    const at: SqlBatch['at'] = (row) =>
      Object.fromEntries(fields.map(({ name }, column) => [name, value(column, row)]));
    return { length, value, at };
  });
}
