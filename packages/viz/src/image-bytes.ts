import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { QualmError } from '@qualm/types';
import type { Image } from '@qualm/types';

/** How messages call an image. */
export function imageName({ uri, bytes }: Image): string {
  return uri === null ? `an image of ${bytes?.length ?? 0} bytes` : `"${uri.slice(0, 200)}"`;
}

/** The encoded bytes of an image on this machine.
 * @throws QualmError `image-missing`, `io`, `unsupported` for a URI that is not a file.
 */
export async function imageBytes(image: Image): Promise<Uint8Array> {
  if (image.bytes !== null) return image.bytes;
  const uri = image.uri!;
  if (/^data:[^,]*;base64,/i.test(uri)) return Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64');
  const isFileUrl = /^file:/i.test(uri);
  if (!isFileUrl && /^[a-z][a-z\d+.-]+:(\/\/|[^\\/])/i.test(uri)) throw notHere(image);
  try {
    return await readFile(isFileUrl ? fileURLToPath(uri) : uri);
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    const isMissing = ['ENOENT', 'ENOTDIR', 'ERR_INVALID_ARG_VALUE', 'ERR_INVALID_FILE_URL_PATH'].includes(code);
    const kind = code === 'EISDIR' ? 'image-invalid' : isMissing ? 'image-missing' : 'io';
    throw new QualmError(kind, `render: ${imageName(image)}: ${message}`, { cause });
  }
}

function notHere(image: Image): QualmError {
  return new QualmError(
    'unsupported',
    `render: ${imageName(image)} is not on this machine; download it first, or pass decode: (image) => pixels`,
  );
}
