import type { Size } from '@qualm/types';
import type { Grid } from './grid.ts';
import type { OutputRow } from './read-output.ts';
import { stridesOf } from './recognise/outputs.ts';
import { areWithin } from './recognise/values.ts';

/** Centres that are offsets from their own cell lie within so many cells of it; decoded ones, in
 * pixels, lie all over the input.
 */
export const farthestOffset = 30;

/** Of the sides of an input, in pixels, from which on that tells the two apart. */
const leastSide = 4 * farthestOffset;

/** The strides of the grid that rows of undecoded boxes [n, cells, 5 + classes] stand on, as YOLOX
 * exports them: one for each cell, with all centres close to 0. Null for other rows.
 */
export function undecodedStrides(row: OutputRow, size: Size): readonly number[] | null {
  if (Math.min(size.width, size.height) < leastSide) return null;
  const [, rows, columns] = row.shape as [number, number, number];
  const at = (anchor: number, column: number): number => row.data[row.offset + anchor * columns + column]!;
  const strides = stridesOf(size, rows);
  return strides && areWithin({ rows, columns: 2, at }, -farthestOffset, farthestOffset) ? strides : null;
}

/** Whether rows over a grid hold decoded boxes: whether the last cell of a stride, at the bottom
 * right, has a centre in that quarter of the input.
 */
export function areDecoded({ data, offset, shape }: OutputRow, { counts }: Grid, size: Size): boolean {
  if (Math.min(size.width, size.height) < leastSide) return false;
  let end = 0;
  return counts.some((count) => {
    end += count;
    const last = offset + (end - 1) * shape[2]!;
    return isWithin(data[last]!, size.width) && isWithin(data[last + 1]!, size.height);
  });
}

/** In the second half of the input, or somewhat beyond: infinities are told as such. */
function isWithin(centre: number, side: number): boolean {
  return centre > side / 2 && centre < 2 * side;
}
