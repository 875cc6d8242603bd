import { assertArray, assertChoice, assertOptions } from '@qualm/types';
import type { Image, Size } from '@qualm/types';
import { assertBox } from './assert-picture.ts';
import { cropRegion } from './crop-region.ts';
import { pixelsOf } from './draw.ts';
import type { BoxLike } from './layer.ts';
import { channelsOf } from './pixels.ts';
import type { Pixels } from './pixels.ts';
import type { CropOptions } from './render-crop.ts';
import { encodeView, fitted } from './render.ts';
import { boxInImage, rectInView } from './view.ts';

/** The part of an image around a box, small, and where the box is in it. */
export interface Crop extends Size {
  readonly bytes: Uint8Array;
  readonly type: 'image/jpeg' | 'image/png';
  /** In pixels of the crop. */
  readonly box: { readonly xmin: number; readonly ymin: number; readonly xmax: number; readonly ymax: number };
}

export interface CropsOptions extends Omit<CropOptions, 'format'> {
  /** Default jpeg. */
  readonly format?: 'jpeg' | 'png';
}

/** The parts of one image around boxes, as `renderCrop` makes them, of an image that is decoded
 * once. A box with nothing inside of the image gives null.
 * @throws as `renderCrop`
 * @example await renderCrops(image, rows.map(({ box }) => box), { maxWidth: 160, maxHeight: 160, quality: 75 })
 */
export async function renderCrops(
  image: Image | Pixels,
  boxes: readonly BoxLike[],
  options: CropsOptions = {},
): Promise<(Crop | null)[]> {
  assertArray('renderCrops', 'its boxes', boxes, 'an array of boxes, such as rows.map(({ box }) => box)');
  for (const box of boxes) assertBox('renderCrops', box);
  assertOptions('renderCrops', options, '{ maxWidth: 160 }');
  const { context = 0.25, layers = [], format = 'jpeg', ...rest } = options;
  assertChoice('renderCrops', 'format', format, ['jpeg', 'png']);
  const pixels = await pixelsOf(image, rest);
  channelsOf(pixels);
  const size = { width: pixels.width, height: pixels.height };
  return Promise.all(boxes.map(crop));

  async function crop(box: BoxLike): Promise<Crop | null> {
    const inside = boxInImage(box, size);
    if (!inside) return null;
    const region = cropRegion(box, size, context);
    const whole = { image: size, region, picture: { width: region.width, height: region.height } };
    const view = fitted(whole, { ...rest, format });
    const bytes = (await encodeView(pixels, layers, view, { ...rest, format })) as Uint8Array;
    const { x, y, width, height } = rectInView(inside, view);
    return {
      bytes,
      type: `image/${format}`,
      ...view.picture,
      box: { xmin: x, ymin: y, xmax: x + width, ymax: y + height },
    };
  }
}
