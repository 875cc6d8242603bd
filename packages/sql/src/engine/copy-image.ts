import { constants, copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { QualmError } from '@qualm/types';
import type { CopyImage } from '../functions/copy-functions.ts';
import { filePathOf } from './image-key.ts';
import type { Predictor } from './predictor.ts';

/** Copies files and bytes; nothing is ever written over, and the same copy twice is one. While a
 * statement is explained nothing is.
 */
export function createCopyImage(predictor: Pick<Predictor, 'statement'>, cwd: string): CopyImage {
  return (image, path) => (predictor.statement.explains ? null : copyImage(image, path, cwd));
}

/** @throws QualmError `io` for an image that cannot be read, or where another file is;
 * `unsupported` for an image that is not a file here.
 */
function copyImage(image: string | Uint8Array, path: string, cwd: string): string {
  const source = typeof image === 'string' ? filePathOf(image, cwd) : null;
  if (typeof image === 'string' && source === null)
    throw new QualmError(
      'unsupported',
      `image_copy: "${image}" is not a file of this machine; expected a path or bytes`,
    );
  const target = targetOf(path, source, cwd);
  try {
    mkdirSync(dirname(target), { recursive: true });
    if (source === null) writeFileSync(target, image as Uint8Array, { flag: 'wx' });
    else copyFileSync(source, target, constants.COPYFILE_EXCL);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code !== 'EEXIST') throw new QualmError('io', `image_copy: ${message}`, { cause });
    if (!isSame(target, source === null ? (image as Uint8Array) : readFileSync(source)))
      throw new QualmError('io', `image_copy: "${target}" exists, with other bytes; choose another name`, { cause });
  }
  return target;
}

/** A folder, told by its last character or by being one, takes a file under its own name. */
function targetOf(path: string, source: string | null, cwd: string): string {
  const target = resolve(cwd, path);
  if (!/[\\/]$/.test(path) && !statSync(target, { throwIfNoEntry: false })?.isDirectory()) return target;
  if (source !== null) return join(target, basename(source));
  throw new QualmError('query-invalid', `image_copy: "${path}" is a folder, and bytes have no name; expected a file`);
}

function isSame(path: string, bytes: Uint8Array): boolean {
  const found = statSync(path);
  return found.isFile() && found.size === bytes.length && readFileSync(path).equals(bytes);
}
