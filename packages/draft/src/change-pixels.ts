import type { ImageGeometry, InputSpec, Tensor } from '@qualm/types';

/** The tensor of an image as it would be of its mirror image: what is around it stays.
 * @param tensor of one batch, whose first image is mirrored.
 */
export function mirrored(tensor: Tensor, geometry: ImageGeometry, layout: InputSpec['layout']): Tensor {
  const { original, input, scaleX, offsetX } = geometry;
  const left = Math.max(0, Math.round(offsetX));
  const right = Math.min(input.width, Math.round(offsetX + scaleX * original.width));
  const columns = Int32Array.from({ length: input.width }, (_, column) =>
    column >= left && column < right ? left + right - 1 - column : column,
  );
  return moved(
    tensor,
    layout,
    Int32Array.from({ length: input.height }, (_, row) => row),
    columns,
  );
}

/** The tensor of an image moved to the right and down by so many pixels; its upper and left edges
 * are drawn out.
 */
export function shifted(tensor: Tensor, { input }: ImageGeometry, layout: InputSpec['layout'], by: number): Tensor {
  const from = (length: number): Int32Array => Int32Array.from({ length }, (_, at) => Math.max(0, at - by));
  return moved(tensor, layout, from(input.height), from(input.width));
}

/** @param rows of each row, and `columns` of each column, the one whose pixels come there. */
function moved(tensor: Tensor, layout: InputSpec['layout'], rows: Int32Array, columns: Int32Array): Tensor {
  // An input of images holds no 64-bit integers.
  const before = tensor.data as Exclude<Tensor['data'], BigInt64Array | BigUint64Array>;
  const data = before.slice();
  const [height, width] = [rows.length, columns.length];
  const [planes, step] = layout === 'nchw' ? [3, 1] : [1, 3];
  let at = 0;
  for (let plane = 0; plane < planes; plane++)
    for (const row of rows) {
      const start = (plane * height + row) * width;
      for (const column of columns)
        for (let channel = 0; channel < step; channel++) data[at++] = before[(start + column) * step + channel]!;
    }
  return { ...tensor, data };
}
