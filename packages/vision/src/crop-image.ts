import type { Region } from 'sharp';
import { wrongArgument } from '@qualm/types';
import type { Box2d, BoxSpace, Image, Size } from '@qualm/types';
import { decodeImage } from './decode-image.ts';
import { encodePng } from './encode-png.ts';
import type { ImageOptions } from './image-options.ts';

/** The part of an image inside a box, as a PNG in memory; for several boxes an array, decoded once.
 * Each box is clipped to the image and widened to whole pixels, so the crop holds all of it.
 * Relative boxes are scaled by the image's size.
 * @throws RangeError for a box that leaves nothing of the image; QualmError as `decodeImage` does.
 * @example await cropImage(image, new Box2d(10, 10, 60.5, 40)) // 51 x 30 pixels
 */
export async function cropImage(image: Image, box: Box2d<BoxSpace>, options?: ImageOptions): Promise<Image>;
export async function cropImage(
  image: Image,
  boxes: readonly Box2d<BoxSpace>[],
  options?: ImageOptions,
): Promise<Image[]>;
export async function cropImage(
  image: Image,
  boxes: Box2d<BoxSpace> | readonly Box2d<BoxSpace>[],
  options: ImageOptions = {},
): Promise<Image | Image[]> {
  assertBoxes(boxes);
  const pixels = await decodeImage(image, options);
  if (!isList(boxes)) return encodePng(pixels, regionOf(boxes, pixels));
  const regions = boxes.map((box) => regionOf(box, pixels));
  return Promise.all(regions.map((region) => encodePng(pixels, region)));
}

function assertBoxes(value: unknown): void {
  for (const box of [value].flat()) {
    if (Number.isFinite((box as Partial<Box2d> | null | undefined)?.xmax)) continue;
    throw wrongArgument('cropImage', 'its box', box, 'a box, such as new Box2d(0, 0, 20, 20), or an array of them');
  }
}

function isList(boxes: Box2d<BoxSpace> | readonly Box2d<BoxSpace>[]): boxes is readonly Box2d<BoxSpace>[] {
  return Array.isArray(boxes);
}

function regionOf(box: Box2d<BoxSpace>, { width, height }: Size): Region {
  const [scaleX, scaleY] = box.space === 'relative' ? [width, height] : [1, 1];
  const left = Math.floor(box.xmin * scaleX);
  const top = Math.floor(box.ymin * scaleY);
  const right = Math.min(width, Math.ceil(box.xmax * scaleX));
  const bottom = Math.min(height, Math.ceil(box.ymax * scaleY));
  if (box.xmax > box.xmin && box.ymax > box.ymin && right > left && bottom > top) {
    return { left, top, width: right - left, height: bottom - top };
  }
  throw new RangeError(
    `cropImage: box (${[...box].join(', ')}) in ${box.space} has no area inside the image of ${width} x ${height} pixels`,
  );
}
