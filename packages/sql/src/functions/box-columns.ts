import type { DuckDBDataChunk, DuckDBStructType, DuckDBStructVector, DuckDBVector } from '@duckdb/node-api';
import type { DuckDb } from '../engine/load-duckdb.ts';
import { isNull, readNulls } from './nulls.ts';
import { readNumbers } from './read-number-lists.ts';

const edges = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

/** Boxes by edge, one for each row. */
export interface BoxColumn {
  readonly xmin: Float64Array;
  readonly ymin: Float64Array;
  readonly xmax: Float64Array;
  readonly ymax: Float64Array;
  /** 1 where the box, or an edge of it, is NULL. */
  readonly nulls: Uint8Array;
}

/** The type of boxes that functions give: edges in FLOAT, in pixels. */
export function boxType({ STRUCT, FLOAT }: DuckDb): DuckDBStructType {
  return STRUCT({ xmin: FLOAT, ymin: FLOAT, xmax: FLOAT, ymax: FLOAT });
}

/** The type of boxes that functions take; DuckDB turns boxes of FLOAT or INTEGER into it. */
export function boxParameter({ STRUCT, DOUBLE }: DuckDb): DuckDBStructType {
  return STRUCT({ xmin: DOUBLE, ymin: DOUBLE, xmax: DOUBLE, ymax: DOUBLE });
}

/** The boxes of a column.
 * @param where the function, for the error.
 * @throws RangeError for a row that is not a box, as `Box2d` defines it.
 */
export function readBoxes(lib: DuckDb, chunk: DuckDBDataChunk, column: number, where: string): BoxColumn {
  const { rowCount } = chunk;
  const vector = lib.bindings.data_chunk_get_vector(chunk.chunk, column);
  const nulls = new Uint8Array(rowCount);
  markNulls(nulls, readNulls(lib, vector, rowCount));
  const [xmin, ymin, xmax, ymax] = edges.map((_edge, index) => {
    const child = lib.bindings.struct_vector_get_child(vector, index);
    markNulls(nulls, readNulls(lib, child, rowCount));
    return readNumbers(lib, child, rowCount, Float64Array);
  }) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const boxes = { xmin, ymin, xmax, ymax, nulls };
  assertBoxes(boxes, where);
  return boxes;
}

/** @throws RangeError for a row that is not NULL and not a box. */
export function assertBoxes({ xmin, ymin, xmax, ymax, nulls }: BoxColumn, where: string): void {
  for (let row = 0; row < nulls.length; row++) {
    const [left, top, right, bottom] = [xmin[row]!, ymin[row]!, xmax[row]!, ymax[row]!];
    if (nulls[row] || isBox(left, top, right, bottom)) continue;
    const numbers = [left, top, right, bottom].map((edge) => Number(edge.toPrecision(7))).join(', ');
    throw new RangeError(
      `${where}: (${numbers}) is not a box; expected 0 <= xmin <= xmax and 0 <= ymin <= ymax, all of them finite`,
    );
  }
}

/** Fills a column of boxes. */
export function writeBoxes(output: DuckDBVector, { xmin, ymin, xmax, ymax, nulls }: BoxColumn): void {
  const vector = output as DuckDBStructVector;
  for (let row = 0; row < nulls.length; row++) {
    if (nulls[row]) {
      vector.setItem(row, null);
    } else {
      vector.setItemValue(row, 0, xmin[row]!);
      vector.setItemValue(row, 1, ymin[row]!);
      vector.setItemValue(row, 2, xmax[row]!);
      vector.setItemValue(row, 3, ymax[row]!);
    }
  }
  vector.flush();
}

function markNulls(nulls: Uint8Array, bits: Uint32Array | null): void {
  if (bits === null) return;
  for (let row = 0; row < nulls.length; row++) if (isNull(bits, row)) nulls[row] = 1;
}

function isBox(xmin: number, ymin: number, xmax: number, ymax: number): boolean {
  return 0 <= xmin && xmin <= xmax && xmax < Infinity && 0 <= ymin && ymin <= ymax && ymax < Infinity;
}
