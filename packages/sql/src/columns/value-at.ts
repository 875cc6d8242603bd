import type { SqlValue } from '../sql-value.ts';
import type { ColumnData, NumberArray } from './column-data.ts';
import { isValid } from './read-column.ts';

/** The value of a row of a column's memory. Lists of numbers are views of that memory. */
export function valueAt(data: ColumnData, row: number): SqlValue {
  if (data.kind === 'values') return small(data.values[row] as SqlValue);
  if (data.valid && !isValid(data.valid, row)) return null;
  if (data.kind === 'numbers') return small(data.values[row]!);
  if (data.kind === 'struct')
    return Object.fromEntries(data.names.map((name, at) => [name, valueAt(data.children[at]!, row)]));
  const from = data.starts[row]!;
  const to = from + data.lengths[row]!;
  if (data.child.kind === 'numbers' && !data.child.valid && isPlain(data.child.values))
    return data.child.values.subarray(from, to);
  return Array.from({ length: to - from }, (_, at) => valueAt(data.child, from + at));
}

function isPlain(values: NumberArray): values is Float32Array | Float64Array | Int32Array {
  return values instanceof Float32Array || values instanceof Float64Array || values instanceof Int32Array;
}

/** A bigint as a number where a number holds it. */
function small(value: SqlValue): SqlValue {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
