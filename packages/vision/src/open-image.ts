import { lstatSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { isOutOfMemory, QualmError } from '@qualm/types';
import type { Image, OpenUri, QualmErrorCode } from '@qualm/types';
import { assertImage, assertImageOptions } from './assert-arguments.ts';
import { assertNotAborted } from './assert-not-aborted.ts';
import { imageName } from './image-name.ts';
import { locateImage } from './image-uri.ts';

export interface OpenImageOptions {
  /** Opens URIs that are neither paths nor `file:` nor `data:`; without it they are refused. */
  readonly open?: OpenUri;
  readonly signal?: AbortSignal;
}

/** The encoded bytes of an image: its own, or those behind its URI. Nothing is decoded.
 * @throws QualmError `image-missing`, `image-invalid` (a folder, a device), `io` (no permission),
 * `unsupported` (a remote URI and no `open`), `aborted`; RangeError for what is not an image.
 */
export async function openImage(image: Image, options: OpenImageOptions = {}): Promise<Uint8Array> {
  assertImage('open', image);
  assertImageOptions('open', options);
  const { open, signal } = options;
  assertNotAborted(signal);
  if (image.bytes !== null) return image.bytes;
  const location = locateImage(image.uri!);
  if (location.kind === 'data') return location.bytes;
  if (location.kind === 'path') return readRegularFile(location.path, image, signal);
  if (!open) throw remoteRefused(image);
  return openRemote(location.uri, open, image, signal);
}

async function readRegularFile(path: string, image: Image, signal?: AbortSignal): Promise<Uint8Array> {
  try {
    const stats = await stat(path);
    if (stats.isFile()) return await readFile(path, signal && { signal });
  } catch (cause) {
    assertNotAborted(signal);
    throw unreadable(image, cause);
  }
  throw notRegular(image);
}

/** The error for a file that cannot be opened or read. */
export function unreadable(image: Image, cause: unknown): QualmError {
  const { message, code, path } = cause as NodeJS.ErrnoException;
  const isLink = code === 'ENOENT' && path !== undefined && isLinkAt(path);
  const hint = isLink ? '; it is a link to nothing: fetch what it stands for (dvc pull, git annex get)' : '';
  return new QualmError(fileErrorCode(cause), `open: ${imageName(image)}: ${message}${hint}`, { cause });
}

function isLinkAt(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/** The error for a folder, a device and whatever else is not a file. */
export function notRegular(image: Image): QualmError {
  return new QualmError('image-invalid', `open: ${imageName(image)} is not a regular file; expected an image file`);
}

async function openRemote(uri: string, open: OpenUri, image: Image, signal?: AbortSignal): Promise<Uint8Array> {
  try {
    return await open(uri, signal);
  } catch (cause) {
    assertNotAborted(signal);
    if (QualmError.is(cause)) throw cause;
    throw new QualmError('io', `open: ${imageName(image)} could not be read: ${String(cause)}`, { cause });
  }
}

function remoteRefused(image: Image): QualmError {
  return new QualmError(
    'unsupported',
    `open: ${imageName(image)} is not on this machine; download it first, or pass open: (uri, signal) => bytes`,
  );
}

/** What the system says when it has trouble of its own: a drive, a server of files, too many open
 * files, no memory.
 */
const trouble = new Set(
  `EIO ESTALE EMFILE ENFILE ENOMEM ENOBUFS EAGAIN EBUSY ETIMEDOUT ENODEV ENXIO ENOTCONN EHOSTDOWN EHOSTUNREACH ENETDOWN
  ENETUNREACH ECONNRESET ECONNABORTED ECONNREFUSED EREMOTEIO ESHUTDOWN UNKNOWN`.split(/\s+/),
);

function fileErrorCode(cause: unknown): QualmErrorCode {
  const { code = '' } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' || code === 'ERR_INVALID_ARG_VALUE') {
    return 'image-missing';
  }
  if (trouble.has(code) || isOutOfMemory(cause)) return 'machine-trouble';
  return code === 'ERR_FS_FILE_TOO_LARGE' ? 'image-too-large' : 'io';
}
