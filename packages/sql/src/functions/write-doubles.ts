import type { DuckDBDoubleVector, DuckDBVector } from '@duckdb/node-api';

/** Fills a column of DOUBLE. @param nulls 1 where the row is NULL. */
export function writeDoubles(output: DuckDBVector, values: Float64Array, nulls: Uint8Array): void {
  const vector = output as DuckDBDoubleVector;
  for (let row = 0; row < values.length; row++) vector.setItem(row, nulls[row] ? null : values[row]!);
  vector.flush();
}
