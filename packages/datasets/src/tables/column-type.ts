import { Box2d, Image } from '@qualm/types';
import type { Column } from '@qualm/types';

/** How a column is stored. A `box` is a struct of four floats; lists hold no nulls. */
export type ColumnType =
  | 'boolean'
  | 'int32'
  | 'int64'
  | 'float32'
  | 'float64'
  | 'string'
  | 'box'
  | 'list<float32>'
  | 'list<int32>'
  | 'list<string>';

/** The columns of a table by name. Arquero's `table.columns()` names and `table.column(name)` give
 * them.
 */
export type TableColumns = Readonly<Record<string, Column<unknown>>>;

const sampleSize = 1000;

/** The type that the first 1000 values of a column that are there call for; `string` for a column
 * without any, `list<float32>` for one of empty lists. Whole numbers are int32 or int64, other
 * numbers float64; a Float32Array or Float64Array says its type itself.
 * @throws RangeError for values that no type holds, or of different kinds.
 */
export function inferColumnType(name: string, column: Column<unknown>): ColumnType {
  if (column instanceof Float32Array) return 'float32';
  if (column instanceof Float64Array) return 'float64';
  let type: ColumnType | null = null;
  let seen = 0;
  let emptyLists = 0;
  for (const value of column) {
    if (value === null || value === undefined) continue;
    if (Array.isArray(value) && value.length === 0) {
      emptyLists++;
      continue;
    }
    type = widen(name, type, typeOfValue(name, value));
    if (++seen === sampleSize) break;
  }
  return type ?? (emptyLists > 0 ? 'list<float32>' : 'string');
}

const numbers: readonly ColumnType[] = ['int32', 'int64', 'float64'];

function widen(name: string, first: ColumnType | null, second: ColumnType): ColumnType {
  if (first === null || first === second) return second;
  const width = Math.max(numbers.indexOf(first), numbers.indexOf(second));
  if (numbers.includes(first) && numbers.includes(second)) return numbers[width]!;
  throw new RangeError(`column "${name}" holds both ${first} and ${second}; expected one type`);
}

function typeOfValue(name: string, value: unknown): ColumnType {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'string' || value instanceof Image) return 'string';
  if (typeof value === 'bigint') return 'int64';
  if (typeof value === 'number') return typeOfNumber(value);
  if (value instanceof Box2d) return 'box';
  if (value instanceof Float32Array || value instanceof Float64Array) return 'list<float32>';
  if (value instanceof Int32Array) return 'list<int32>';
  if (Array.isArray(value)) return typeOfList(value);
  throw new RangeError(
    `column "${name}" holds ${Object.prototype.toString.call(value)}, which no column type can store`,
  );
}

function typeOfNumber(value: number): ColumnType {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return 'float64';
  return value === (value | 0) ? 'int32' : 'int64';
}

function typeOfList(values: readonly unknown[]): ColumnType {
  if (values.some((value) => typeof value === 'string')) return 'list<string>';
  return 'list<float32>';
}
