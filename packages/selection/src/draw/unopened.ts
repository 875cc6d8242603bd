import { maskUri, QualmError } from '@qualm/types';
import type { QualmErrorCode } from '@qualm/types';

/** The result of drawing an image; null, and the reason told, where the image itself cannot be
 * opened.
 */
export async function unlessUnopened<T>(
  uri: string,
  drawing: () => Promise<T>,
  tell: (reason: string, code: QualmErrorCode) => void = () => undefined,
): Promise<T | null> {
  if (isRemote(uri)) {
    tell(`${maskUri(uri)} is not on this machine`, 'unsupported');
    return null;
  }
  try {
    return await drawing();
  } catch (error) {
    if (!QualmError.is(error) || !(error.code.startsWith('image-') || error.code === 'io')) throw error;
    tell(error.message, error.code);
    return null;
  }
}

/** A path, a `file:` and a `data:` URI are here; one letter before the colon is a drive of Windows.
 */
function isRemote(uri: string): boolean {
  return /^[a-z][a-z\d+.-]+:/i.test(uri) && !/^(file|data):/i.test(uri);
}
