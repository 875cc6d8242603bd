import type { Pool } from '@qualm/simulator';
import { counted } from '@qualm/types';
import type { Column } from '@qualm/types';
import { UsageError } from '../../terminal/exit-code.ts';
import type { FileTable } from './read-table.ts';

/** Rows whose classes are known. */
export interface LabelledPool extends Pool {
  readonly labels: Int32Array;
  /** What the file calls the classes, in order. */
  readonly classes: readonly string[];
  /** The columns that features came from. */
  readonly columns: readonly string[];
}

/** The rows of a table as features and classes.
 * @param label the column of classes: numbers or words.
 * @param wanted columns of numbers, or one of lists of numbers; all other columns of numbers when
 * absent.
 * @throws UsageError when a column is missing, a feature is not a number, a label is missing, or
 * there is one class.
 */
export function labelledPool(table: FileTable, label: string, wanted: readonly string[] | undefined): LabelledPool {
  const names = Object.keys(table.columns);
  for (const name of [label, ...(wanted ?? [])]) {
    if (!names.includes(name)) throw new UsageError(`no column "${name}"; the table has ${names.join(', ')}`);
  }
  const { labels, classes } = classesOf(table.columns[label]!, label);
  const columns = wanted ?? names.filter((name) => name !== label && isNumeric(table.columns[name]!));
  if (columns.length === 0) {
    throw new UsageError(`no column of numbers beside "${label}"; name the features with --features`);
  }
  return { ...featuresOf(table, columns), labels, classes, columns };
}

function classesOf(column: Column<unknown>, name: string): { labels: Int32Array; classes: string[] } {
  const texts = Array.from(column, (value, row) => {
    if (value !== null && value !== undefined && value !== '') return String(value);
    throw new UsageError(`row ${row + 1}: no label in column "${name}"; every row of a simulation needs one`);
  });
  const classes = [...new Set(texts)].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
  if (classes.length < 2) {
    throw new UsageError(
      `column "${name}" holds ${counted(classes.length, 'class', 'classes')}; expected at least two`,
    );
  }
  const places = new Map(classes.map((text, place) => [text, place]));
  return { labels: Int32Array.from(texts, (text) => places.get(text)!), classes };
}

/** By the first value that exists; missing values are reported when they are read. */
function isNumeric(column: Column<unknown>): boolean {
  for (const value of Array.from(column)) if (value !== null && value !== undefined) return typeof value === 'number';
  return false;
}

function featuresOf({ columns: all, length }: FileTable, names: readonly string[]): Pool {
  const columns = names.map((name) => all[name]!);
  const first = length > 0 ? columns[0]!.at(0) : null;
  const isList = names.length === 1 && isListOfNumbers(first);
  const numFeatures = isList ? first.length : names.length;
  const features = new Float64Array(length * numFeatures);
  for (let row = 0; row < length; row++) {
    const values = isList
      ? (columns[0]!.at(row) as ArrayLike<unknown> | null)
      : columns.map((column) => column.at(row));
    if (values?.length !== numFeatures) {
      throw new UsageError(
        `row ${row + 1}: ${values?.length ?? 'no'} numbers in "${names[0]}"; expected ${numFeatures}`,
      );
    }
    for (let feature = 0; feature < numFeatures; feature++) {
      const value = values[feature];
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        const where = isList ? `number ${feature} of "${names[0]}"` : `"${names[feature]}"`;
        throw new UsageError(`row ${row + 1}: ${where} is ${JSON.stringify(value) ?? 'missing'}; expected a number`);
      }
      features[row * numFeatures + feature] = value;
    }
  }
  return { features, numFeatures };
}

function isListOfNumbers(value: unknown): value is ArrayLike<number> {
  return (Array.isArray(value) || ArrayBuffer.isView(value)) && typeof (value as ArrayLike<unknown>)[0] === 'number';
}
