import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { assertText, Image, QualmError } from '@qualm/types';
import { assertImageOptions } from './assert-arguments.ts';
import { assertNotAborted } from './assert-not-aborted.ts';
import { decodeRgb, openHeader } from './decode-rgb.ts';
import { rawSharp } from './rgb-pixels.ts';
import type { OpenedImage } from './decode-rgb.ts';
import type { ImageFormat } from './image-format.ts';
import type { ImageOptions } from './image-options.ts';
import { locateImage } from './image-uri.ts';

type SavedFormat = Extract<ImageFormat, 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif'>;

const formats: Readonly<Record<string, SavedFormat>> = {
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.jpe': 'jpeg',
  '.jfif': 'jpeg',
  '.png': 'png',
  '.webp': 'webp',
  '.gif': 'gif',
  '.tif': 'tiff',
  '.tiff': 'tiff',
  '.avif': 'avif',
};

/** The image in a new file, whose extension names its format. Bytes that are in that format already
 * are written unchanged, so nothing is lost; others are decoded and encoded again. An existing file
 * is replaced.
 * @param uri a path, or a `file:` URL.
 * @throws QualmError `unsupported` for another extension or a URI that is not a file, `io` when it
 * cannot be written, and as `decodeImage` does.
 * @example await saveImage(crop, 'crops/1.png')
 */
export async function saveImage(image: Image, uri: string, options: ImageOptions = {}): Promise<Image> {
  assertText('saveImage', 'its path', uri, "a path, such as 'crops/1.png'");
  assertImageOptions('saveImage', options);
  const location = locateImage(uri);
  if (location.kind !== 'path') throw new QualmError('unsupported', `save: "${uri}" is not a file; give a path`);
  const format = formats[extname(location.path).toLowerCase()];
  if (!format) {
    throw new QualmError(
      'unsupported',
      `save: "${uri}" has no known extension; one of ${Object.keys(formats).join(', ')}`,
    );
  }
  const opened = await openHeader(image, options);
  const bytes = opened.header.format === format ? opened.bytes : await encode(opened, format);
  assertNotAborted(options.signal);
  await writeFile(location.path, bytes).catch((cause: unknown) => {
    throw new QualmError('io', `save: "${uri}" cannot be written (${(cause as Error).message})`, { cause });
  });
  return Image.fromUri(uri);
}

async function encode(opened: OpenedImage, format: SavedFormat): Promise<Uint8Array> {
  return rawSharp(await decodeRgb(opened))
    .toFormat(format)
    .toBuffer();
}
