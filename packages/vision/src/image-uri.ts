import { fileURLToPath } from 'node:url';
import { isRemoteUri, QualmError } from '@qualm/types';

/** What an image's URI means: a path on this machine, bytes in the URI itself, or something that
 * must be fetched.
 */
export type ImageLocation =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'remote'; readonly uri: string };

/** Where `uri` points. A plain path is taken literally: `#` and `%` are part of the name. A `file:`
 * URL is decoded.
 * @throws QualmError `image-missing` for a `file:` URL that names no path here, `image-invalid` for
 * a broken `data:` URL.
 * @example locateImage('/photos/100%.jpg') // { kind: 'path', path: '/photos/100%.jpg' }
 */
export function locateImage(uri: string): ImageLocation {
  if (/^file:/i.test(uri)) return { kind: 'path', path: pathOfFileUrl(uri) };
  if (/^data:/i.test(uri)) return { kind: 'data', bytes: bytesOfDataUrl(uri) };
  if (isRemoteUri(uri)) return { kind: 'remote', uri };
  return { kind: 'path', path: uri };
}

function pathOfFileUrl(uri: string): string {
  try {
    const url = new URL(uri);
    if (url.hash === '' && url.search === '') return fileURLToPath(url);
  } catch (cause) {
    throw new QualmError(
      'image-missing',
      `open: "${uri}" names no file on this machine; write file:///folder/name.jpg`,
      {
        cause,
      },
    );
  }
  throw new QualmError(
    'image-missing',
    `open: "${uri}" has a bare # or ?; in a file: URL write %23 or %3F, or give the plain path`,
  );
}

function bytesOfDataUrl(uri: string): Uint8Array {
  const parts = /^data:([^,]*?)(;base64)?,(.*)$/is.exec(uri);
  try {
    if (parts?.[2]) return Buffer.from(decodeURIComponent(parts[3]!), 'base64');
    if (parts) return Buffer.from(percentDecoded(parts[3]!), 'latin1');
  } catch (cause) {
    throw new QualmError('image-invalid', `open: a data: URL of ${uri.length} characters is not encoded right`, {
      cause,
    });
  }
  throw new QualmError('image-invalid', `open: a data: URL of ${uri.length} characters has no comma before its data`);
}

function percentDecoded(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
