import sharp from 'sharp';
import type { Sharp } from 'sharp';

/** Pixels as rows of RGB bytes: `data` has shape [height, width, 3], values 0..255. */
export interface RgbPixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Decoded pixels as the input of another step. */
export function rawSharp({ data, width, height }: RgbPixels): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false });
}

/** Runs a pipeline to RGB bytes, off this thread. */
export async function rgbPixels(input: Sharp): Promise<RgbPixels> {
  const { data, info } = await input.removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
