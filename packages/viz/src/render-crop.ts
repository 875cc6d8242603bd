import { assertChoice, assertOptions } from '@qualm/types';
import type { Image } from '@qualm/types';
import { assertBox } from './assert-picture.ts';
import { cropRegion } from './crop-region.ts';
import { pixelsOf } from './draw.ts';
import type { BoxLike, Layer } from './layer.ts';
import type { Pixels } from './pixels.ts';
import { channelsOf } from './pixels.ts';
import { encodeView, fitted } from './render.ts';
import type { RenderOptions } from './render.ts';

export interface CropOptions extends RenderOptions {
  /** How much around the box is seen as well, on each side, as a part of its longer side; 0.25 when
   * absent.
   */
  readonly context?: number;
  /** Drawn where they are in the whole image. */
  readonly layers?: Layer | readonly Layer[];
}

/** The part of an image around a box, as a picture of its own.
 * @throws RangeError for a box with nothing inside the image; else as `render`.
 * @example await renderCrop(image, row.box, { context: 0.5, layers: box(row.box), format: 'jpeg' })
 */
export async function renderCrop(
  image: Image | Pixels,
  box: BoxLike,
  options: CropOptions,
): Promise<Uint8Array | string> {
  assertBox('renderCrop', box);
  assertOptions('renderCrop', options, "{ format: 'jpeg' }");
  assertChoice('renderCrop', 'format', options.format, ['png', 'jpeg', 'svg']);
  const { context = 0.25, layers = [], ...rest } = options;
  const pixels = await pixelsOf(image, rest);
  channelsOf(pixels);
  const size = { width: pixels.width, height: pixels.height };
  const region = cropRegion(box, size, context);
  const picture = { width: region.width, height: region.height };
  return encodeView(pixels, layers, fitted({ image: size, region, picture }, rest), rest);
}
