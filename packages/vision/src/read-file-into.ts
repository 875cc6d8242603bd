import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { Image } from '@qualm/types';
import { QualmError } from '@qualm/types';
import { imageName } from './image-name.ts';
import { notRegular, unreadable } from './open-image.ts';

/** No photograph is larger; WebAssembly addresses four times as much. */
const maxBytes = 2 ** 30;

/** Reads a file into memory that `room` gives for it, on this thread; how many bytes it has.
 * @throws QualmError as `openImage` does, and `image-too-large` from 1 GiB on.
 */
export function readFileInto(path: string, image: Image, room: (length: number) => Uint8Array): number {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw notRegular(image);
    if (stats.size > maxBytes) throw tooLarge(image, stats.size);
    return readWhole(path, room(stats.size));
  } catch (cause) {
    throw QualmError.is(cause) ? cause : unreadable(image, cause);
  }
}

function readWhole(path: string, bytes: Uint8Array): number {
  const file = openSync(path, 'r');
  try {
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(file, bytes, length, bytes.length - length, length);
      if (read === 0) break;
      length += read;
    }
    return length;
  } finally {
    closeSync(file);
  }
}

function tooLarge(image: Image, bytes: number): QualmError {
  return new QualmError('image-too-large', `open: ${imageName(image)} has ${bytes} bytes; the limit is ${maxBytes}`);
}
