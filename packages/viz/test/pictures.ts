import sharp from 'sharp';
import type { Pixels } from '../src/index.ts';

/** One colour all over. */
export function plain(width: number, height: number, [r, g, b]: readonly [number, number, number]): Pixels {
  const data = Uint8Array.from({ length: 3 * width * height }, (_, index) => [r, g, b][index % 3]!);
  return { data, width, height };
}

/** A picture's pixels, read back. */
export async function readBack(bytes: Uint8Array): Promise<Pixels & { at(x: number, y: number): number[] }> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [...data.subarray(info.channels * (y * info.width + x)).subarray(0, 3)];
  return { data, width: info.width, height: info.height, at };
}

/** The greatest difference of any byte. */
export function greatestDifference(first: Uint8Array, second: Uint8Array): number {
  return first.reduce((most, value, index) => Math.max(most, Math.abs(value - second[index]!)), 0);
}
