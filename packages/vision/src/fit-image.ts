import type { ImageGeometry, InputSpec, Size } from '@qualm/types';
import { assertPlacing, assertSize } from './assert-arguments.ts';
import { roundHalfEven } from './round-half-even.ts';

/** Where a resized image lies in the model's input, in whole pixels. One that is cropped is larger
 * than the input, and begins before it.
 */
export interface Placement extends Size {
  readonly left: number;
  readonly top: number;
}

type Resize<Mode extends InputSpec['resize']['mode']> = Extract<InputSpec['resize'], { readonly mode: Mode }>;

/** Where an image of a size lands in a model's input. Stretched, it covers the input. Letterboxed,
 * it keeps its shape: `r = min(input / original)`, each side `side * r`, rounded down or to the
 * nearest, and at least 1; `center` rounds its offset down. Cropped, its short side becomes
 * `shortSide` and its long side as much larger, rounded down; the middle of it is shown, and where
 * it is smaller than the input it lies in the middle.
 * @see YOLOX, `preproc` in yolox/data/data_augment.py; Ultralytics, `LetterBox` in
 * ultralytics/data/augment.py; torchvision, `resize` and `center_crop` in transforms/functional.py
 * @example placeImage({ width: 640, height: 480 }, input) // letterbox 416, top-left: { width: 416, height: 312, left: 0, top: 0 }
 */
export function placeImage(original: Size, { size, resize }: Pick<InputSpec, 'size' | 'resize'>): Placement {
  if (resize.mode === 'letterbox') return letterboxed(original, size, resize);
  if (resize.mode === 'crop') return cropped(original, size, resize);
  return { width: size.width, height: size.height, left: 0, top: 0 };
}

function letterboxed(original: Size, size: Size, { anchor, rounding = 'down' }: Resize<'letterbox'>): Placement {
  const ratio = Math.min(size.height / original.height, size.width / original.width);
  const round = rounding === 'down' ? Math.floor : roundHalfEven;
  const width = Math.max(1, round(original.width * ratio));
  const height = Math.max(1, round(original.height * ratio));
  if (anchor === 'top-left') return { width, height, left: 0, top: 0 };
  return { width, height, left: Math.floor((size.width - width) / 2), top: Math.floor((size.height - height) / 2) };
}

function cropped(original: Size, size: Size, { shortSide }: Resize<'crop'>): Placement {
  const [short, long] = [Math.min(original.width, original.height), Math.max(original.width, original.height)];
  const longSide = Math.trunc((shortSide * long) / short);
  const [width, height] = original.width <= original.height ? [shortSide, longSide] : [longSide, shortSide];
  return { width, height, left: centred(width, size.width), top: centred(height, size.height) };
}

function centred(resized: number, input: number): number {
  return resized < input ? Math.floor((input - resized) / 2) : 0 - roundHalfEven((resized - input) / 2);
}

/** The part of a placed image that the input shows, in pixels of the input. */
export function shownPart({ left, top, width, height }: Placement, size: Size): Placement {
  const [from, to] = [Math.max(0, left), Math.min(size.width, left + width)];
  const [above, below] = [Math.max(0, top), Math.min(size.height, top + height)];
  return { left: from, top: above, width: to - from, height: below - above };
}

/** How pixels of an original become pixels of the input: `input = original * scale + offset`. The
 * scale of each axis is that of the pixels that were written, so resized size / original size,
 * exact where the letterbox had to round. Offsets are negative where a crop cuts off.
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
