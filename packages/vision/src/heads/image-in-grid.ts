import type { ImageGeometry, Size } from '@qualm/types';

/** Where an image lies along one axis of a grid, in parts of cells. */
export interface AxisPlace {
  /** Cells of the grid. */
  readonly count: number;
  /** Parts that a cell has. */
  readonly parts: number;
  /** The part where the image begins, and the one after its end. */
  readonly start: number;
  readonly end: number;
}

/** Where an image lies in a grid over the model's input: in whole cells where it can, else in
 * halves or quarters of them, which are pixels of the input where the grid is a quarter as large.
 */
export function imageInGrid(
  grid: Size,
  { original, input, scaleX, scaleY, offsetX, offsetY }: ImageGeometry,
): { readonly x: AxisPlace; readonly y: AxisPlace } {
  const [columns, rows] = [grid.width / input.width, grid.height / input.height];
  const [left, right] = [columns * offsetX, columns * (offsetX + scaleX * original.width)];
  const [top, bottom] = [rows * offsetY, rows * (offsetY + scaleY * original.height)];
  const edges = [left, right, top, bottom];
  const parts = [1, 2].find((count) => edges.every((edge) => isWhole(count * edge))) ?? 4;
  const inParts = (edge: number): number => Math.round(parts * edge);
  return {
    x: { count: grid.width, parts, start: inParts(left), end: inParts(right) },
    y: { count: grid.height, parts, start: inParts(top), end: inParts(bottom) },
  };
}

/** Scales were divided and multiplied again. */
function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-6;
}
