import sharp from 'sharp';
import type { Image, Size } from '@qualm/types';
import { assertNotAborted } from './assert-not-aborted.ts';
import type { ImageOptions } from './image-options.ts';
import { openImage } from './open-image.ts';
import { broken, decodeSettings, defaultMaxPixels, readHeader } from './read-header.ts';
import type { Header } from './read-header.ts';
import { rawSharp, rgbPixels } from './rgb-pixels.ts';
import type { RgbPixels } from './rgb-pixels.ts';
import { resizeSharp } from './resize-sharp.ts';
import type { ResizeTarget } from './resize-sharp.ts';

/** An opened image whose header was read and found sound. */
export interface OpenedImage {
  readonly image: Image;
  readonly bytes: Uint8Array;
  readonly header: Header;
  /** As people see it, after EXIF orientation. */
  readonly size: Size;
}

/** Reads an image's bytes and header; no pixel is decoded. */
export async function openHeader(image: Image, options: ImageOptions): Promise<OpenedImage> {
  const { maxPixels = defaultMaxPixels, signal } = options;
  const bytes = await openImage(image, options);
  assertNotAborted(signal);
  const header = await readHeader(bytes, image, maxPixels);
  assertNotAborted(signal);
  return { image, bytes, header, size: header.metadata.autoOrient };
}

/** The pixels of an opened image, in its own size. */
export function decodeRgb(opened: OpenedImage): Promise<RgbPixels> {
  return orBroken(opened, rgbPixels(sharp(opened.bytes, decodeSettings)));
}

/** The pixels of an opened image, resized. Alpha is dropped before resizing, so it never darkens colours. */
export async function decodeResized(opened: OpenedImage, target: ResizeTarget): Promise<RgbPixels> {
  const { hasAlpha, depth } = opened.header.metadata;
  const input = hasAlpha || depth !== 'uchar' ? rawSharp(await decodeRgb(opened)) : sharp(opened.bytes, decodeSettings);
  return orBroken(opened, resizeSharp(input, opened.size, target));
}

function orBroken(opened: OpenedImage, pixels: Promise<RgbPixels>): Promise<RgbPixels> {
  return pixels.catch((cause: unknown) => {
    throw broken(opened.image, cause);
  });
}
