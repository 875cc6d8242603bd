import sharp from 'sharp';
import type { Image, Size } from '@qualm/types';
import { assertNotAborted } from './assert-not-aborted.ts';
import type { ImageOptions } from './image-options.ts';
import { openImage } from './open-image.ts';
import { plainJpegSize } from './plain-jpeg-size.ts';
import { assertMaxPixels, broken, decodeSettings, defaultMaxPixels, readHeader } from './read-header.ts';
import type { Header } from './read-header.ts';
import { rawSharp, rgbPixels } from './rgb-pixels.ts';
import type { RgbPixels } from './rgb-pixels.ts';
import { resizeSharp } from './resize-sharp.ts';
import type { ResizeTarget } from './resize-sharp.ts';

/** An image whose bytes were read and whose size is known and allowed. */
export interface OpenedImage {
  readonly image: Image;
  readonly bytes: Uint8Array;
  /** As people see it, after EXIF orientation. */
  readonly size: Size;
  /** 8 bits a channel and no alpha: it can be resized while it is decoded. */
  readonly isPlain: boolean;
}

/** Reads an image's bytes and header; no pixel is decoded. */
export async function openHeader(
  image: Image,
  options: ImageOptions,
): Promise<OpenedImage & { readonly header: Header }> {
  return headerOf(await openImage(image, options), image, options);
}

/** Reads an image's bytes and size; no pixel is decoded. Most photographs in datasets are JPEGs that need no decoder for
 * that, which saves a twentieth of the work on each. */
export async function openPixels(image: Image, options: ImageOptions): Promise<OpenedImage> {
  const bytes = await openImage(image, options);
  const size = plainJpegSize(bytes);
  if (!size) return headerOf(bytes, image, options);
  assertNotAborted(options.signal);
  assertMaxPixels(size, image, options.maxPixels ?? defaultMaxPixels);
  return { image, bytes, size, isPlain: true };
}

async function headerOf(
  bytes: Uint8Array,
  image: Image,
  { maxPixels = defaultMaxPixels, signal }: ImageOptions,
): Promise<OpenedImage & { readonly header: Header }> {
  assertNotAborted(signal);
  const header = await readHeader(bytes, image, maxPixels);
  assertNotAborted(signal);
  const { autoOrient, hasAlpha, depth } = header.metadata;
  return { image, bytes, header, size: autoOrient, isPlain: !hasAlpha && depth === 'uchar' };
}

/** The pixels of an opened image, in its own size. */
export function decodeRgb(opened: OpenedImage): Promise<RgbPixels> {
  return orBroken(opened, rgbPixels(sharp(opened.bytes, decodeSettings)));
}

/** The pixels of an opened image, resized. Alpha is dropped before resizing, so it never darkens colours. */
export async function decodeResized(opened: OpenedImage, target: ResizeTarget): Promise<RgbPixels> {
  const input = opened.isPlain ? sharp(opened.bytes, decodeSettings) : rawSharp(await decodeRgb(opened));
  return orBroken(opened, resizeSharp(input, opened.size, target));
}

function orBroken(opened: OpenedImage, pixels: Promise<RgbPixels>): Promise<RgbPixels> {
  return pixels.catch((cause: unknown) => {
    throw broken(opened.image, cause);
  });
}
