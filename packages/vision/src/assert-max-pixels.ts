import { QualmError } from '@qualm/types';
import type { Image, Size } from '@qualm/types';
import { imageName } from './image-name.ts';

/** 100 megapixels: 300 MB as RGB. */
export const defaultMaxPixels = 100_000_000;

/** @throws QualmError `image-too-large`. */
export function assertMaxPixels({ width, height }: Size, image: Image, maxPixels: number): void {
  if (width * height <= maxPixels) return;
  throw new QualmError(
    'image-too-large',
    `decode: ${imageName(image)} is ${width} x ${height} pixels; the limit is ${maxPixels}: raise maxPixels`,
  );
}
