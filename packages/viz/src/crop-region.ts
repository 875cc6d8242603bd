import { assertNumber } from '@qualm/types';
import type { Size } from '@qualm/types';
import { assertBox, assertSize } from './assert-picture.ts';
import type { BoxLike } from './layer.ts';
import { boxInImage } from './view.ts';
import type { Rect } from './view.ts';

/** Whole pixels of the image around a box: the box, and `context` times its longer side on each
 * side, widened to the aspect ratio that is wanted as far as the image reaches.
 * @throws RangeError for a box with nothing inside the image, or a negative context.
 */
export function cropRegion(box: BoxLike, image: Size, context: number, aspectRatio?: number): Rect {
  assertBox('crop', box);
  assertSize('crop', image);
  assertNumber('crop', 'context', context);
  if (aspectRatio !== undefined) assertNumber('crop', 'aspectRatio', aspectRatio);
  const inside = boxInImage(box, image);
  if (!inside || !(context >= 0)) {
    throw new RangeError(
      `crop: box (${[box.xmin, box.ymin, box.xmax, box.ymax].join(', ')}) with context ${context} has nothing inside ${image.width} x ${image.height} pixels`,
    );
  }
  const margin = context * Math.max(inside.width, inside.height);
  let [width, height] = [inside.width + 2 * margin, inside.height + 2 * margin];
  if (aspectRatio !== undefined) {
    [width, height] = [Math.max(width, height * aspectRatio), Math.max(height, width / aspectRatio)];
  }
  const [x, spanX] = span(inside.x + inside.width / 2, width, image.width);
  const [y, spanY] = span(inside.y + inside.height / 2, height, image.height);
  return { x, y, width: spanX, height: spanY };
}

/** A stretch of whole pixels around a middle, moved inside 0..end where it fits. */
function span(middle: number, wanted: number, end: number): readonly [from: number, length: number] {
  const length = Math.min(end, Math.max(1, Math.ceil(wanted)));
  return [Math.round(Math.max(0, Math.min(middle - length / 2, end - length))), length];
}
