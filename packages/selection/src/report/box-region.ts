import type { Size } from '@qualm/types';
import type { BoxLike } from '@qualm/viz';
import { cropRegion } from '@qualm/viz/svg';
import type { Rect } from '@qualm/viz/svg';

/** What a crop shows around its box, of the box's longer side. */
const context = 0.3;

/** The part of an image that stands for one of its boxes; null where the box has nothing inside of
 * the image. */
export function boxRegion(box: BoxLike, image: Size): Rect | null {
  try {
    return cropRegion(box, image, context);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
