import type { Image, InputSpec, Size } from '@qualm/types';
import { assertNotAborted } from './assert-not-aborted.ts';
import { decodeResized, openPixels } from './decode-rgb.ts';
import { encodePng } from './encode-png.ts';
import type { ImageOptions } from './image-options.ts';

export interface ResizeImageOptions extends ImageOptions {
  /** The resampling filter; `bilinear` when absent. */
  readonly filter?: InputSpec['filter'];
}

/** The image stretched to a size, as a PNG in memory.
 * @throws RangeError unless width and height are positive integers; QualmError as `decodeImage` does.
 * @example await resizeImage(image, { width: 300, height: 300 })
 */
export async function resizeImage(image: Image, size: Size, options: ResizeImageOptions = {}): Promise<Image> {
  const { width, height } = size;
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new RangeError(`resizeImage: size is ${width} x ${height}; wanted positive whole numbers`);
  }
  const opened = await openPixels(image, options);
  const pixels = await decodeResized(opened, { width, height, filter: options.filter ?? 'bilinear' });
  assertNotAborted(options.signal);
  return encodePng(pixels);
}
