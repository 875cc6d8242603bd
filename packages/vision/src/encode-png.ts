import type { Region } from 'sharp';
import { Image } from '@qualm/types';
import type { RgbPixels } from './rgb-pixels.ts';
import { rawSharp } from './rgb-pixels.ts';

/** Decoded pixels, or a rectangle of them, as a PNG in memory. */
export async function encodePng(pixels: RgbPixels, region?: Region): Promise<Image> {
  const raw = rawSharp(pixels);
  return Image.fromBytes(await (region ? raw.extract(region) : raw).png().toBuffer());
}
