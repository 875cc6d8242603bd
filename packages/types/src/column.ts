/** A column of a table: arrays, typed arrays and Arquero's columns all are one. */
export interface Column<T> extends Iterable<T> {
  readonly length: number;
  at(row: number): T | undefined;
}
