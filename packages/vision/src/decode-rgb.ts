import sharp from 'sharp';
import type { Image, Size } from '@qualm/types';
import { assertImageOptions } from './assert-arguments.ts';
import { defaultMaxPixels } from './assert-max-pixels.ts';
import { assertNotAborted } from './assert-not-aborted.ts';
import type { ImageOptions } from './image-options.ts';
import { openImage } from './open-image.ts';
import { broken, decodeSettings, readHeader } from './read-header.ts';
import type { Header } from './read-header.ts';
import { rgbPixels } from './rgb-pixels.ts';
import type { RgbPixels } from './rgb-pixels.ts';

/** An image whose bytes were read and whose header is known and allowed. */
export interface OpenedImage {
  readonly image: Image;
  readonly bytes: Uint8Array;
  readonly header: Header;
  /** As people see it, after EXIF orientation. */
  readonly size: Size;
}

/** Reads an image's bytes and header; no pixel is decoded. */
export async function openHeader(image: Image, options: ImageOptions): Promise<OpenedImage> {
  assertImageOptions('open', options);
  const { maxPixels = defaultMaxPixels, signal } = options;
  const bytes = await openImage(image, options);
  assertNotAborted(signal);
  const header = await readHeader(bytes, image, maxPixels);
  assertNotAborted(signal);
  return { image, bytes, header, size: header.size };
}

/** The pixels of an image whose bytes are known. */
export async function decodeBytes(bytes: Uint8Array, image: Image, maxPixels: number): Promise<RgbPixels> {
  await readHeader(bytes, image, maxPixels);
  return decodeRgb({ image, bytes });
}

/** The pixels of an opened image, in its own size. */
export async function decodeRgb({ image, bytes }: Pick<OpenedImage, 'image' | 'bytes'>): Promise<RgbPixels> {
  try {
    return await rgbPixels(sharp(bytes, decodeSettings(bytes)));
  } catch (cause) {
    throw broken(image, cause);
  }
}
