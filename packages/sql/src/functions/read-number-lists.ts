import type duckdb from '@duckdb/node-bindings';
import type { DuckDb } from '../engine/load-duckdb.ts';
import { hasNull, isNull, readNulls } from './nulls.ts';

type Numbers = Float32Array | Float64Array;

/** A column of lists of numbers, one behind the other: row i owns `values[offsets[i]]` to
 * `values[offsets[i + 1] - 1]`.
 */
export interface NumberLists {
  readonly values: Numbers;
  /** One longer than the column, from 0. */
  readonly offsets: Uint32Array;
  /** 1 where the list is NULL; it has no values then. */
  readonly nulls: Uint8Array;
}

/** How lists are read. */
export interface ReadNumberListsOptions {
  /** The type of the column. */
  readonly type: 'FLOAT[]' | 'DOUBLE[]';
  /** What a NULL among its values does: the list is NULL, or the value is left out. */
  readonly ofNull: 'null' | 'omit';
}

/** Where the lists of a column lie in the memory of their values. */
interface ListPlaces {
  readonly starts: Uint32Array;
  readonly lengths: Uint32Array;
  readonly nulls: Uint8Array;
}

/** The first rows of a column of lists, copied out of DuckDB's memory, once where they lie behind
 * each other there.
 */
export function readNumberLists(
  lib: DuckDb,
  vector: duckdb.Vector,
  rows: number,
  { type, ofNull }: ReadNumberListsOptions,
): NumberLists {
  const places = readPlaces(lib, vector, rows);
  const child = lib.bindings.list_vector_get_child(vector);
  const size = lib.bindings.list_vector_get_size(vector);
  const all: Numbers =
    type === 'FLOAT[]' ? readNumbers(lib, child, size, Float32Array) : readNumbers(lib, child, size, Float64Array);
  const valueNulls = readNulls(lib, child, size);
  if (!hasNull(valueNulls, 0, size)) return pack(all, places);
  if (ofNull === 'omit') return packWithoutNulls(all, places, valueNulls);
  return pack(all, withNullLists(places, valueNulls));
}

/** The first values of a column of FLOAT or DOUBLE. */
export function readNumbers<Values extends Numbers>(
  { bindings }: DuckDb,
  vector: duckdb.Vector,
  length: number,
  Storage: { readonly BYTES_PER_ELEMENT: number; new (buffer: ArrayBuffer, offset: number, length: number): Values },
): Values {
  const data = bindings.vector_get_data(vector, length * Storage.BYTES_PER_ELEMENT);
  return new Storage(data.buffer as ArrayBuffer, data.byteOffset, length);
}

function readPlaces(lib: DuckDb, vector: duckdb.Vector, rows: number): ListPlaces {
  const bytes = lib.bindings.vector_get_data(vector, 16 * rows);
  const entries = new Uint32Array(bytes.buffer, bytes.byteOffset, 4 * rows);
  const bits = readNulls(lib, vector, rows);
  const places = { starts: new Uint32Array(rows), lengths: new Uint32Array(rows), nulls: new Uint8Array(rows) };
  for (let row = 0; row < rows; row++) {
    if (isNull(bits, row)) {
      places.nulls[row] = 1;
    } else {
      places.starts[row] = entries[4 * row]!;
      places.lengths[row] = entries[4 * row + 2]!;
    }
  }
  return places;
}

function pack(all: Numbers, { starts, lengths, nulls }: ListPlaces): NumberLists {
  const offsets = new Uint32Array(starts.length + 1);
  let first = -1;
  let isPacked = true;
  for (let row = 0; row < starts.length; row++) {
    offsets[row + 1] = offsets[row]! + lengths[row]!;
    if (lengths[row] === 0) continue;
    if (first < 0) first = starts[row]!;
    isPacked &&= starts[row] === first + offsets[row]!;
  }
  const total = offsets.at(-1)!;
  if (isPacked) return { values: all.subarray(Math.max(0, first), Math.max(0, first) + total), offsets, nulls };
  const values = all instanceof Float32Array ? new Float32Array(total) : new Float64Array(total);
  for (let row = 0; row < starts.length; row++) {
    values.set(all.subarray(starts[row]!, starts[row]! + lengths[row]!), offsets[row]!);
  }
  return { values, offsets, nulls };
}

function withNullLists({ starts, lengths, nulls }: ListPlaces, valueNulls: Uint32Array | null): ListPlaces {
  const isNullList = nulls.map((one, row) =>
    one === 1 || hasNull(valueNulls, starts[row]!, starts[row]! + lengths[row]!) ? 1 : 0,
  );
  return { starts, lengths: lengths.map((length, row) => (isNullList[row] ? 0 : length)), nulls: isNullList };
}

function packWithoutNulls(
  all: Numbers,
  { starts, lengths, nulls }: ListPlaces,
  valueNulls: Uint32Array | null,
): NumberLists {
  const offsets = new Uint32Array(starts.length + 1);
  const values: number[] = [];
  for (let row = 0; row < starts.length; row++) {
    for (let at = starts[row]!; at < starts[row]! + lengths[row]!; at++) {
      if (!isNull(valueNulls, at)) values.push(all[at]!);
    }
    offsets[row + 1] = values.length;
  }
  return { values: Float64Array.from(values), offsets, nulls };
}
