import type { Size } from '@qualm/types';
import { writeCenteredBox } from './write-centered-box.ts';

/** What the four numbers of a box are. */
export type BoxFormat = 'xyxy' | 'yxyx' | 'cxcywh';

/** Writes xmin, ymin, xmax, ymax of a box given by four numbers. */
export type WriteBox = (a: number, b: number, c: number, d: number, out: Float32Array, at: number) => void;

/** What boxes are measured in: pixels of the model's input, or 0..1 of its sides. */
export type BoxUnits = 'pixels' | 'relative';

/** A writer of boxes, in pixels of the input. */
export function createBoxWriter(format: BoxFormat, units: BoxUnits, size: Size): WriteBox {
  const [scaleX, scaleY] = units === 'pixels' ? [1, 1] : [size.width, size.height];
  if (format === 'cxcywh')
    return (x, y, width, height, out, at) =>
      writeCenteredBox(x * scaleX, y * scaleY, width * scaleX, height * scaleY, out, at);
  const [left, top] = format === 'xyxy' ? [0, 1] : [1, 0];
  const [first, second] = format === 'xyxy' ? [scaleX, scaleY] : [scaleY, scaleX];
  return (a, b, c, d, out, at) => {
    out[at + left] = a * first;
    out[at + top] = b * second;
    out[at + 2 + left] = c * first;
    out[at + 2 + top] = d * second;
  };
}
