import type { AxisSamples } from './axis-samples.ts';
import { above, createSignRuns, mixed } from './sign-runs.ts';

/** Tells of every pixel where the values, interpolated, come to be above 0 or cease to be, column
 * by column, and of the end of a column in which they are. Pixels between cells that are all
 * above, or all not, are as these: only where cells differ a pixel is looked at.
 * @param values of the cells that the samples need, row by row. */
export function fillMask(
  values: Float32Array,
  x: AxisSamples,
  y: AxisSamples,
  toggle: (column: number, row: number) => void,
): void {
  const rows = y.cells[1] - y.cells[0];
  const runsAt = createSignRuns(values, x.cells[1] - x.cells[0], rows);
  const ends = pixelEnds(y, rows);
  const column = new Float64Array(rows);
  for (let pixel = 0; pixel < x.pixels.entries.length; pixel++) {
    const runs = runsAt(x.parts.entries[x.pixels.entries[pixel]!]!);
    let isIn = false;
    let from = 0;
    for (let run = 0, first = 0; run < runs.length; first = runs.ends[run++]!) {
      const last = runs.ends[run]! - 1;
      const isMixed = runs.signs[run] === mixed;
      if (isMixed) fillColumn(values, x, pixel, first, Math.min(last + 3, rows), column);
      for (let cell = isMixed ? first : last; cell <= last; cell++) {
        const to = ends[cell]!;
        if (from === to) continue;
        if (!isMixed || isUniform(column, cell)) {
          const isAbove = isMixed ? column[cell]! > 0 : runs.signs[run] === above;
          if (isAbove !== isIn) toggle(pixel, from);
          isIn = isAbove;
        } else {
          for (let row = from; row < to; row++) {
            const isInside = valueAt(column, y, row) > 0;
            if (isInside !== isIn) toggle(pixel, row);
            isIn = isInside;
          }
        }
        from = to;
      }
    }
    if (isIn) toggle(pixel, from);
  }
}

/** Whether a cell of a column and the next two are all above 0, or all not. */
function isUniform(column: Float64Array, cell: number): boolean {
  const next = cell + 1 < column.length ? cell + 1 : cell;
  const second = next + 1 < column.length ? next + 1 : next;
  const isAbove = column[cell]! > 0;
  return isAbove === column[next]! > 0 && isAbove === column[second]! > 0;
}

/** Writes the values of a column of pixels at some rows of cells. */
function fillColumn(
  values: Float32Array,
  { cells, parts, pixels }: AxisSamples,
  pixel: number,
  from: number,
  to: number,
  column: Float64Array,
): void {
  const numCells = cells[1] - cells[0];
  const left = pixels.entries[pixel]!;
  const right = Math.min(left + 1, parts.entries.length - 1);
  const fraction = pixels.fractions[pixel]!;
  const [ofLeft, ofRight] = [parts.fractions[left]!, parts.fractions[right]!];
  const [leftCell, rightCell] = [parts.entries[left]!, parts.entries[right]!];
  const [afterLeft, afterRight] = [Math.min(leftCell + 1, numCells - 1), Math.min(rightCell + 1, numCells - 1)];
  for (let row = from, at = from * numCells; row < to; row++, at += numCells) {
    const before = values[at + leftCell]! * (1 - ofLeft) + values[at + afterLeft]! * ofLeft;
    const after = values[at + rightCell]! * (1 - ofRight) + values[at + afterRight]! * ofRight;
    column[row] = before * (1 - fraction) + after * fraction;
  }
}
/** A pixel lies between two parts of cells, of which the second may be in the next cell. */
function valueAt(column: Float64Array, { pixels, parts }: AxisSamples, row: number): number {
  const part = pixels.entries[row]!;
  const next = part + 1 < parts.entries.length ? part + 1 : part;
  const fraction = pixels.fractions[row]!;
  return partAt(column, parts, part) * (1 - fraction) + partAt(column, parts, next) * fraction;
}

function partAt(column: Float64Array, { entries, fractions }: AxisSamples['parts'], part: number): number {
  const cell = entries[part]!;
  const next = cell + 1 < column.length ? cell + 1 : cell;
  return column[cell]! * (1 - fractions[part]!) + column[next]! * fractions[part]!;
}

/** [rows]: the pixel after the last one whose part lies in each row of cells. */
function pixelEnds({ parts, pixels }: AxisSamples, rows: number): Int32Array {
  const ends = new Int32Array(rows);
  pixels.entries.forEach((part, pixel) => {
    ends[parts.entries[part]!] = pixel + 1;
  });
  for (let row = 1; row < rows; row++) ends[row] = Math.max(ends[row]!, ends[row - 1]!);
  return ends;
}
