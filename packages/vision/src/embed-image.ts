import { Image } from '@qualm/types';
import { assertImage, assertImageOptions } from './assert-arguments.ts';
import { openImage } from './open-image.ts';
import type { OpenImageOptions } from './open-image.ts';

/** The same image as bytes: what its URI points at, read but not decoded. An image that is bytes
 * already comes back itself.
 * @throws QualmError `image-missing`, `image-invalid` (a folder), `io`, `unsupported` (a remote URI
 * and no `open`), `aborted`.
 * @example (await embedImage(Image.fromUri('street.jpg'))).bytes
 */
export async function embedImage(image: Image, options: OpenImageOptions = {}): Promise<Image> {
  assertImage('embedImage', image);
  assertImageOptions('embedImage', options);
  return image.bytes === null ? Image.fromBytes(await openImage(image, options)) : image;
}
