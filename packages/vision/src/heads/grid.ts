import type { Size } from '@qualm/types';

/** Cells of several strides over an input, stride by stride, row by row: column, row and stride of
 * each.
 */
export interface Grid {
  readonly length: number;
  readonly columns: Float32Array;
  readonly rows: Float32Array;
  readonly strides: Float32Array;
  /** Cells of each stride. */
  readonly counts: readonly number[];
}

export function createGrid(size: Size, strides: readonly number[]): Grid {
  const shapes = strides.map((stride) => ({
    stride,
    width: Math.ceil(size.width / stride),
    height: Math.ceil(size.height / stride),
  }));
  const counts = shapes.map(({ width, height }) => width * height);
  const length = counts.reduce((sum, count) => sum + count, 0);
  const grid = {
    length,
    columns: new Float32Array(length),
    rows: new Float32Array(length),
    strides: new Float32Array(length),
    counts,
  };
  let cell = 0;
  for (const { stride, width, height } of shapes) {
    for (let i = 0; i < width * height; i++, cell++) {
      grid.columns[cell] = i % width;
      grid.rows[cell] = Math.floor(i / width);
      grid.strides[cell] = stride;
    }
  }
  return grid;
}
