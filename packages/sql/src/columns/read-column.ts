import type duckdb from '@duckdb/node-bindings';
import type { DuckDBType, DuckDBVector as Vector } from '@duckdb/node-api';
import type { DuckDb } from '../engine/load-duckdb.ts';
import type { ColumnData, NumberArray } from './column-data.ts';

type Make = (buffer: ArrayBuffer) => NumberArray;

/** Types whose memory is that of a typed array. */
const flat: Readonly<Record<string, readonly [bytes: number, make: Make]>> = {
  TINYINT: [1, (buffer) => new Int8Array(buffer)],
  UTINYINT: [1, (buffer) => new Uint8Array(buffer)],
  SMALLINT: [2, (buffer) => new Int16Array(buffer)],
  USMALLINT: [2, (buffer) => new Uint16Array(buffer)],
  INTEGER: [4, (buffer) => new Int32Array(buffer)],
  UINTEGER: [4, (buffer) => new Uint32Array(buffer)],
  BIGINT: [8, (buffer) => new BigInt64Array(buffer)],
  UBIGINT: [8, (buffer) => new BigUint64Array(buffer)],
  FLOAT: [4, (buffer) => new Float32Array(buffer)],
  DOUBLE: [8, (buffer) => new Float64Array(buffer)],
};

/** The first rows of a vector, copied out of DuckDB's memory. */
export function readColumn(lib: DuckDb, vector: duckdb.Vector, type: DuckDBType, length: number): ColumnData {
  return readRange(lib, vector, type, 0, length);
}

function readRange(lib: DuckDb, vector: duckdb.Vector, type: DuckDBType, from: number, to: number): ColumnData {
  const { bindings, DuckDBTypeId } = lib;
  const name = DuckDBTypeId[type.typeId];
  const valid = readValidity(lib, vector, from, to);
  const numbers = flat[name];
  if (numbers) {
    const [bytes, make] = numbers;
    return { kind: 'numbers', values: make(copy(lib, vector, bytes * from, bytes * to)), ...valid };
  }
  if (isStruct(type)) {
    const children = type.entryTypes.map((child, index) =>
      readRange(lib, bindings.struct_vector_get_child(vector, index), child, from, to),
    );
    return { kind: 'struct', names: type.entryNames, children, ...valid };
  }
  if (isList(lib, type)) return readList(lib, vector, type.valueType, from, to, valid);
  return { kind: 'values', values: readValues(lib, vector, type, from, to) };
}

function readList(
  lib: DuckDb,
  vector: duckdb.Vector,
  childType: DuckDBType,
  from: number,
  to: number,
  valid: { readonly valid?: Uint8Array },
): ColumnData {
  const entries = new BigUint64Array(copy(lib, vector, 16 * from, 16 * to));
  const length = to - from;
  const starts = new Uint32Array(length);
  const lengths = new Uint32Array(length);
  let first = Infinity;
  let last = 0;
  for (let row = 0; row < length; row++) {
    if (valid.valid && !isValid(valid.valid, row)) continue;
    starts[row] = Number(entries[2 * row]!);
    lengths[row] = Number(entries[2 * row + 1]!);
    if (lengths[row] === 0) continue;
    first = Math.min(first, starts[row]!);
    last = Math.max(last, starts[row]! + lengths[row]!);
  }
  const begin = Math.min(first, last);
  for (let row = 0; row < length; row++) starts[row] = Math.max(0, starts[row]! - begin);
  const child = readRange(lib, lib.bindings.list_vector_get_child(vector), childType, begin, last);
  return { kind: 'list', starts, lengths, child, ...valid };
}

function readValues(lib: DuckDb, vector: duckdb.Vector, type: DuckDBType, from: number, to: number): unknown[] {
  const { DuckDBVector, JSDuckDBValueConverter } = lib;
  const whole: Vector = DuckDBVector.create(vector, to, type);
  const values: unknown[] = [];
  for (let row = from; row < to; row++)
    values.push(JSDuckDBValueConverter(whole.getItem(row), type, JSDuckDBValueConverter));
  return values;
}

function copy({ bindings }: DuckDb, vector: duckdb.Vector, from: number, to: number): ArrayBuffer {
  if (to === from) return new ArrayBuffer(0);
  return bindings.vector_get_data(vector, to).slice(from, to).buffer as ArrayBuffer;
}

function readValidity(
  { bindings }: DuckDb,
  vector: duckdb.Vector,
  from: number,
  to: number,
): { readonly valid?: Uint8Array } {
  if (to === from) return {};
  const bytes = bindings.vector_get_validity(vector, 8 * Math.ceil(to / 64)) as Uint8Array | null;
  if (!bytes) return {};
  const valid = new Uint8Array(Math.ceil((to - from) / 8));
  let isAnyNull = false;
  for (let row = from; row < to; row++) {
    if (isValid(bytes, row)) valid[(row - from) >> 3]! |= 1 << ((row - from) & 7);
    else isAnyNull = true;
  }
  return isAnyNull ? { valid } : {};
}

/** Whether a row is there, by its bit. */
export function isValid(valid: Uint8Array, row: number): boolean {
  return ((valid[row >> 3]! >> (row & 7)) & 1) === 1;
}

function isStruct(
  type: DuckDBType,
): type is DuckDBType & { readonly entryNames: readonly string[]; readonly entryTypes: readonly DuckDBType[] } {
  return 'entryNames' in type && 'entryTypes' in type;
}

function isList({ DuckDBTypeId }: DuckDb, type: DuckDBType): type is DuckDBType & { readonly valueType: DuckDBType } {
  return type.typeId === DuckDBTypeId.LIST;
}
