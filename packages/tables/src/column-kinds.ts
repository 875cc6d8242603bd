import { ClassScores, ClassScoresColumn, Detections, DetectionsColumn } from '@qualm/types';
import type { Column } from '@qualm/types';

/** What the values of each kind of column are. */
interface Values {
  readonly boolean: boolean;
  readonly string: string;
  /** Any number, NaN among them. */
  readonly number: number;
  /** Whole numbers of 32 bits. */
  readonly int32: number;
  /** What an image goes by: text or a number. */
  readonly id: string | number;
  /** Vectors as Float32Array, Float64Array and so on, or arrays of numbers. */
  readonly 'number[]': ArrayLike<number>;
  readonly 'float32[]': Float32Array;
  readonly 'float64[]': Float64Array;
  readonly 'int32[]': Int32Array;
  readonly 'string[]': readonly string[];
  /** What `predict` gives for each image. */
  readonly detections: Detections | ClassScores;
  /** Anything, null among it. */
  readonly unknown: unknown;
}

type Kind = keyof Values;

/** What a column holds; with a `?` at the end, or null. */
export type ColumnKind = Kind | `${Kind}?`;

/** The columns that a table must have, and what each of them holds. */
export type TableSchema = Readonly<Record<string, ColumnKind>>;

/** The type of a column's values. */
export type ValueOf<K extends ColumnKind> = K extends Kind
  ? Values[K]
  : K extends `${infer Base extends Kind}?`
    ? Values[Base] | null
    : never;

const isNumber = (value: unknown): boolean => typeof value === 'number';
const isString = (value: unknown): boolean => typeof value === 'string';
const isInt32 = (value: unknown): boolean => isNumber(value) && value === ((value as number) | 0);
const isNumbers = (value: unknown): boolean =>
  ArrayBuffer.isView(value)
    ? !(value instanceof DataView || value instanceof BigInt64Array || value instanceof BigUint64Array)
    : Array.isArray(value) && value.every(isNumber);

const checks: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  boolean: (value) => typeof value === 'boolean',
  string: isString,
  number: isNumber,
  int32: isInt32,
  id: (value) => isString(value) || isNumber(value),
  'number[]': isNumbers,
  'float32[]': (value) => value instanceof Float32Array,
  'float64[]': (value) => value instanceof Float64Array,
  'int32[]': (value) => value instanceof Int32Array,
  'string[]': (value) => Array.isArray(value) && value.every(isString),
  detections: (value) => value instanceof Detections || value instanceof ClassScores,
  unknown: () => true,
};

/** The first row whose value is not of the kind; -1 where all are. Flat columns are known by
 * their type, without a look at their rows. */
export function firstMisfit(column: Column<unknown>, kind: ColumnKind): number {
  const mayBeNull = kind.endsWith('?');
  const base = (mayBeNull ? kind.slice(0, -1) : kind) as Kind;
  if (isFlat(column, base, mayBeNull)) return -1;
  const check = checks[base];
  for (let row = 0; row < column.length; row++) {
    const value = column.at(row);
    if (!(mayBeNull && (value === null || value === undefined)) && !check(value)) return row;
  }
  return -1;
}

/** True for a name of a kind, as a caller without types may have it wrong. */
export function isColumnKind(kind: unknown): kind is ColumnKind {
  return typeof kind === 'string' && Object.hasOwn(checks, kind.replace(/\?$/, ''));
}

/** The kinds, as an error names them. */
export const kindNames: string = Object.keys(checks).join(', ');

function isFlat(column: Column<unknown>, kind: Kind, mayBeNull: boolean): boolean {
  if (kind === 'unknown') return true;
  const isFloats = column instanceof Float32Array || column instanceof Float64Array;
  const isInts = column instanceof Int32Array || column instanceof Uint8Array;
  if (isFloats || isInts) return kind === 'number' || kind === 'id' || (isInts && kind === 'int32');
  if (column instanceof DetectionsColumn || column instanceof ClassScoresColumn) {
    return kind === 'detections' && mayBeNull;
  }
  const { matrix } = column as { readonly matrix?: unknown };
  if (matrix instanceof Float32Array) return kind === 'float32[]' || kind === 'number[]';
  return matrix instanceof Float64Array && (kind === 'float64[]' || kind === 'number[]');
}
