import type { KeypointReader, RotatedBoxReader, Size } from '@qualm/types';

/** One image's part of an output of numbers for each anchor. */
export interface Predictions {
  readonly data: Float32Array;
  readonly offset: number;
  readonly numAnchors: number;
  readonly numRows: number;
  readonly rowStride: number;
  readonly anchorStride: number;
}

/** Key points in the rows from `after` on: x, y and score each, or x and y alone.
 * @param scale what makes x and y pixels of the input.
 */
export function keypointsAfter(
  predictions: Predictions,
  after: number,
  numPoints: number,
  scale: Size,
): KeypointReader {
  const { data, offset, numRows, rowStride, anchorStride } = predictions;
  const perPoint = numRows - after === 2 * numPoints ? 2 : 3;
  return {
    numPoints,
    read(anchor, out, at) {
      let from = offset + after * rowStride + anchor * anchorStride;
      for (let point = 0; point < numPoints; point++, from += perPoint * rowStride) {
        out[at + 3 * point] = data[from]! * scale.width;
        out[at + 3 * point + 1] = data[from + rowStride]! * scale.height;
        out[at + 3 * point + 2] = perPoint === 3 ? data[from + 2 * rowStride]! : NaN;
      }
    },
  };
}

/** Turned boxes, and the boxes around them. */
export interface RotatedBoxes extends RotatedBoxReader {
  /** Writes xmin, ymin, xmax, ymax around the turned box. */
  readHull(anchor: number, out: Float32Array, at: number): void;
}

/** Boxes whose angle in radians is in the row `angleRow`.
 * @param scale what makes the other numbers pixels of the input.
 */
export function rotatedBoxesOf(predictions: Predictions, angleRow: number, scale: Size): RotatedBoxes {
  const { data, offset, rowStride, anchorStride } = predictions;
  const scales = [scale.width, scale.height, scale.width, scale.height, 1];
  const valueAt = (part: number, anchor: number): number =>
    data[offset + (part === 4 ? angleRow : part) * rowStride + anchor * anchorStride]! * scales[part]!;
  return {
    read(anchor, out, at) {
      for (let part = 0; part < 5; part++) out[at + part] = valueAt(part, anchor);
    },
    readHull(anchor, out, at) {
      const [x, y, width, height, angle] = [0, 1, 2, 3, 4].map((part) => valueAt(part, anchor));
      const [cos, sin] = [Math.abs(Math.cos(angle!)), Math.abs(Math.sin(angle!))];
      const [right, down] = [(width! * cos + height! * sin) / 2, (width! * sin + height! * cos) / 2];
      out[at] = x! - right;
      out[at + 1] = y! - down;
      out[at + 2] = x! + right;
      out[at + 3] = y! + down;
    },
  };
}
