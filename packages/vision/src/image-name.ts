import { maskUri } from '@qualm/types';
import type { Image } from '@qualm/types';

/** How messages call an image: its URI in quotes without what it may keep secret, shortened for
 * `data:`, or how many bytes it has.
 */
export function imageName(image: Image): string {
  if (image.uri === null) return `an image of ${image.bytes?.length ?? 0} bytes`;
  return /^data:/i.test(image.uri) ? `"${image.uri.slice(0, 32)}..."` : `"${maskUri(image.uri)}"`;
}
