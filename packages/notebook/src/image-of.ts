import { Image } from '@qualm/types';
import { isImage, isObject } from './is-kind.ts';

/** The image that a value is, also where SQL gives it: a struct of a URI and bytes, one of which is
 * there. Null for other values.
 */
export function imageOf(value: unknown): Image | null {
  if (isImage(value)) return value;
  if (!isObject(value) || Object.keys(value).sort().join() !== 'data,uri') return null;
  const { uri, data } = value;
  if (data instanceof Uint8Array) return Image.fromBytes(data);
  return typeof uri === 'string' ? Image.fromUri(uri) : null;
}
