import type { ImageGeometry, InputSpec, Size } from '@qualm/types';
import { assertPlacing, assertSize } from './assert-arguments.ts';

/** Where a resized image lies in the model's input, in whole pixels. */
export interface Placement extends Size {
  readonly left: number;
  readonly top: number;
}

/** Where an image of a size lands in a model's input. Stretched, it covers the input. Letterboxed,
 * it keeps its shape: `r = min(input / original)`, each side `floor(side * r)` and at least 1;
 * `center` rounds its offset down.
 * @see YOLOX, `preproc` in yolox/data/data_augment.py
 * @example placeImage({ width: 640, height: 480 }, input) // letterbox 416, top-left: { width: 416, height: 312, left: 0, top: 0 }
 */
export function placeImage(original: Size, input: Pick<InputSpec, 'size' | 'resize'>): Placement {
  const { size, resize } = input;
  if (resize.mode === 'stretch') return { width: size.width, height: size.height, left: 0, top: 0 };
  const ratio = Math.min(size.height / original.height, size.width / original.width);
  const width = Math.max(1, Math.floor(original.width * ratio));
  const height = Math.max(1, Math.floor(original.height * ratio));
  if (resize.anchor === 'top-left') return { width, height, left: 0, top: 0 };
  return { width, height, left: Math.floor((size.width - width) / 2), top: Math.floor((size.height - height) / 2) };
}

/** How pixels of an original become pixels of the input: `input = original * scale + offset`. The
 * scale of each axis is that of the pixels that were written, so resized size / original size,
 * exact where the letterbox had to round.
 * @throws RangeError unless width and height are positive integers.
 */
export function fitImage(original: Size, input: Pick<InputSpec, 'size' | 'resize'>): ImageGeometry {
  assertSize('fitImage', original);
  assertPlacing('fitImage', input);
  assertSize('fitImage', input.size);
  const { width, height, left, top } = placeImage(original, input);
  return {
    original: { width: original.width, height: original.height },
    input: { width: input.size.width, height: input.size.height },
    scaleX: width / original.width,
    scaleY: height / original.height,
    offsetX: left,
    offsetY: top,
  };
}
