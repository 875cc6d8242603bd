import type { NamedOutput } from './outputs.ts';

/** Numbers of one image, by row and column. */
export interface Values {
  readonly rows: number;
  readonly columns: number;
  at(row: number, column: number): number;
}

/** Columns `from` to `to` of the rows of the first image of an output [n, rows, columns]. */
export function columnsOf({ data, shape }: NamedOutput, from = 0, to: number = shape.at(-1)!): Values {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return { rows, columns: to - from, at: (row, column) => data[row * columns + from + column]! };
}

/** The same of an output whose rows and columns are swapped. */
export function rowsOf({ data, shape }: NamedOutput, from = 0, to: number = shape.at(-2)!): Values {
  const rows = shape.at(-1)!;
  return { rows, columns: to - from, at: (row, column) => data[(from + column) * rows + row]! };
}

/** What is looked at of large outputs. */
const mostRows = 4000;

/** Whether all of some thousand rows meet a condition. */
export function everyRow(values: Values, meets: (row: number) => boolean): boolean {
  const step = Math.max(1, Math.floor(values.rows / mostRows));
  for (let row = 0; row < values.rows; row += step) if (!meets(row)) return false;
  return true;
}

/** Whether all numbers lie within a range. */
export function areWithin(values: Values, low: number, high: number): boolean {
  return everyRow(values, (row) => {
    for (let column = 0; column < values.columns; column++) {
      const value = values.at(row, column);
      if (!(value >= low && value <= high)) return false;
    }
    return true;
  });
}

/** What scores still need: nothing where they are probabilities, which quantised outputs pass by a
 * little.
 */
export function activationOf(scores: Values): 'none' | 'sigmoid' {
  return areWithin(scores, -0.01, 1.01) ? 'none' : 'sigmoid';
}

/** Whether each row is one distribution. */
export function areDistributions(scores: Values): boolean {
  if (scores.columns < 2 || !areWithin(scores, -0.01, 1.01)) return false;
  return everyRow(scores, (row) => {
    let sum = 0;
    for (let column = 0; column < scores.columns; column++) sum += scores.at(row, column);
    return Math.abs(sum - 1) < 0.05;
  });
}

/** The mean of one column. */
export function meanOf(values: Values, column: number): number {
  let sum = 0;
  for (let row = 0; row < values.rows; row++) sum += values.at(row, column);
  return sum / values.rows;
}
