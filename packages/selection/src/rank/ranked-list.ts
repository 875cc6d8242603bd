import type { ListColumns } from './list-columns.ts';

/** A ranked list: rows in their order, and the columns that they are written as. */
export interface RankedList<Row> extends Iterable<Row> {
  readonly length: number;
  /** The columns in their order, and how each is stored; whatever rows there are. */
  readonly types: ListColumns;
  at(row: number): Row | undefined;
  /** The rows as columns, by name. */
  columns(): Record<string, unknown[]>;
  slice(start: number, end?: number): RankedList<Row>;
}

/** @param special columns that a row has under another name; `rank` counts from 1 where no row says
 * another.
 */
export function rankedList<Row extends object>(
  rows: readonly Row[],
  types: ListColumns,
  special: Readonly<Record<string, (row: Row) => unknown>> = {},
): RankedList<Row> {
  const read = (name: string): ((row: Row) => unknown) => special[name] ?? ((row) => row[name as keyof Row]);
  return {
    types,
    length: rows.length,
    at: (row) => rows.at(row),
    [Symbol.iterator]: () => rows[Symbol.iterator](),
    columns: () => Object.fromEntries(Object.keys(types).map((name) => [name, rows.map(read(name))])),
    slice: (start, end) => rankedList(rows.slice(start, end), types, special),
  };
}
