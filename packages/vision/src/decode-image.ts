import type { Image } from '@qualm/types';
import { assertNotAborted } from './assert-not-aborted.ts';
import { decodeRgb, openHeader } from './decode-rgb.ts';
import type { ImageOptions } from './image-options.ts';
import type { RgbPixels } from './rgb-pixels.ts';

/** The pixels of an image as people see it: turned by its EXIF orientation, RGB, 8 bits, the first
 * frame. Grey becomes three equal channels; alpha is dropped, not blended (as Pillow's
 * `convert('RGB')`); 16 bits are cut to the high 8; CMYK is converted to sRGB with a generic
 * profile; embedded profiles are ignored, as Pillow and OpenCV do.
 * @throws QualmError `image-missing`, `image-invalid` (not an image, broken, cut off),
 * `image-too-large`, `io`, `unsupported` (a remote URI and no `open`), `aborted`.
 * @example const { data, width, height } = await decodeImage(Image.fromUri('street.jpg')); // data.length === width * height * 3
 */
export async function decodeImage(image: Image, options: ImageOptions = {}): Promise<RgbPixels> {
  const pixels = await decodeRgb(await openHeader(image, options));
  assertNotAborted(options.signal);
  return pixels;
}
