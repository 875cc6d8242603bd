import sharp from 'sharp';
import type { Metadata, SharpOptions } from 'sharp';
import { foreignFile, isOutOfMemory, QualmError } from '@qualm/types';
import type { Image, Size } from '@qualm/types';
import { assertMaxPixels } from './assert-max-pixels.ts';
import { decodableFormats, formatName, imageFormat, isDecodable } from './image-format.ts';
import type { ImageFormat } from './image-format.ts';
import { imageName } from './image-name.ts';
import { noMemory } from './no-memory.ts';

export interface Header {
  readonly format: ImageFormat;
  readonly metadata: Metadata;
  /** As people see it. */
  readonly size: Size;
}

/** How an encoded image is opened. Colour profiles are ignored, as Pillow and OpenCV do. The EXIF
 * orientation of WebP is too, as browsers do, where its labels were drawn; AVIF and HEIC are turned
 * by their own boxes.
 */
export function decodeSettings(bytes: Uint8Array): SharpOptions {
  return { autoOrient: imageFormat(bytes) !== 'webp', failOn: 'error', ignoreIcc: true, limitInputPixels: false };
}

/** What the header says, with no pixel decoded.
 * @throws QualmError `image-invalid`, `image-too-large`.
 */
export async function readHeader(bytes: Uint8Array, image: Image, maxPixels: number): Promise<Header> {
  const format = imageFormat(bytes);
  if (format === null) throw notAnImage(bytes, image);
  if (!isDecodable(format)) throw undecodable(format, image);
  const metadata = await sharp(bytes, decodeSettings(bytes))
    .metadata()
    .catch((cause: unknown) => {
      throw broken(image, cause);
    });
  assertMaxPixels(metadata, image, maxPixels);
  const { width, height } = format === 'webp' ? metadata : metadata.autoOrient;
  return { format, metadata, size: { width, height } };
}

/** The error for bytes that announce an image and are not a whole one. */
export function broken(image: Image, cause: unknown): QualmError {
  const reason = (cause as Error).message.trim().split('\n')[0]!;
  if (isOutOfMemory(cause)) return noMemory(image, cause);
  return new QualmError('image-invalid', `decode: ${imageName(image)} is broken or cut off (${reason})`, { cause });
}

function notAnImage(bytes: Uint8Array, image: Image): QualmError {
  const foreign = foreignFile(bytes);
  const start = JSON.stringify(Buffer.from(bytes.subarray(0, 12)).toString('latin1'));
  const content = bytes.length === 0 ? 'is empty' : foreign ? `is ${foreign.what}` : `starts with ${start}`;
  const advice = foreign ? `; ${foreign.advice}` : '';
  return new QualmError(
    'image-invalid',
    `decode: ${imageName(image)} ${content}; expected a ${decodableFormats()}${advice}`,
  );
}

function undecodable(format: ImageFormat, image: Image): QualmError {
  return new QualmError(
    'image-invalid',
    `decode: ${imageName(image)} is ${formatName(format)}, which the installed sharp does not decode; ` +
      `convert it to ${decodableFormats()}, or install sharp on a libvips that does`,
  );
}
