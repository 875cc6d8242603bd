import { Mask } from '@qualm/types';
import type { ImageGeometry, MaskGrid } from '@qualm/types';
import { sampleAxis } from './axis-samples.ts';
import { fillMask } from './fill-mask.ts';
import { imageInGrid } from './image-in-grid.ts';
import { createToggles } from './toggles.ts';

/** Makes the mask of an anchor within a box in pixels of the original image, of that image's size.
 */
export type MaskReader = (grid: MaskGrid, anchor: number, box: Float32Array, geometry: ImageGeometry) => Mask;

/** A reader of masks that keeps its scratch memory. A pixel belongs to a box where its corner of
 * least x and y does; only there values are asked of the grid, and interpolated.
 * @see https://github.com/ultralytics/ultralytics/blob/main/ultralytics/utils/ops.py,
 * process_mask_native and crop_mask
 */
export function createMaskReader(): MaskReader {
  const toggles = createToggles();
  let values = new Float32Array(0);
  return (grid, anchor, box, geometry) => {
    const { width, height } = geometry.original;
    const [left, top, right, bottom] = Array.from(box, Math.ceil) as [number, number, number, number];
    toggles.begin();
    if (right > left && bottom > top) {
      const place = imageInGrid(grid, geometry);
      const x = sampleAxis({ from: left, to: right, length: width }, place.x);
      const y = sampleAxis({ from: top, to: bottom, length: height }, place.y);
      const cells = { left: x.cells[0], top: y.cells[0], right: x.cells[1], bottom: y.cells[1] };
      const count = (cells.right - cells.left) * (cells.bottom - cells.top);
      if (values.length < count) values = new Float32Array(count);
      grid.read(anchor, cells, values);
      fillMask(values, x, y, (column, row) => toggles.add((left + column) * height + top + row));
    }
    return Mask.fromCocoRle(toggles.runs(width * height), { width, height });
  };
}
