/** Of the cells around a place: none is above 0, all are, or some. */
const below = 0;
export const above = 1;
export const mixed = 2;

/** Rows of cells, from the first to the last, as runs of one sign. */
export interface SignRuns {
  length: number;
  /** The row after each run. */
  readonly ends: Int32Array;
  readonly signs: Uint8Array;
}

/** Runs of the rows for pixels between a column of cells and the next two, valid until the next
 * call. The values of such pixels in a row of cells depend on the next two rows too.
 */
export function createSignRuns(values: Float32Array, numCells: number, rows: number): (cell: number) => SignRuns {
  const runs = { length: 0, ends: new Int32Array(rows), signs: new Uint8Array(rows) };
  const signs = new Uint8Array(rows + 2);
  let current = -1;
  return (cell) => {
    if (cell === current) return runs;
    current = cell;
    const [next, second] = [Math.min(cell + 1, numCells - 1), Math.min(cell + 2, numCells - 1)];
    for (let row = 0, at = 0; row < rows; row++, at += numCells) {
      const count = Number(values[at + cell]! > 0) + Number(values[at + next]! > 0) + Number(values[at + second]! > 0);
      signs[row] = count === 0 ? below : count === 3 ? above : mixed;
    }
    signs.fill(signs[rows - 1]!, rows);
    runs.length = 0;
    for (let row = 0; row < rows; row++) {
      const sign = signs[row] === signs[row + 1] && signs[row] === signs[row + 2] ? signs[row]! : mixed;
      if (runs.length === 0 || runs.signs[runs.length - 1] !== sign) runs.signs[runs.length++] = sign;
      runs.ends[runs.length - 1] = row + 1;
    }
    return runs;
  };
}
