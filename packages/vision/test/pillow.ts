import { readFileSync } from 'node:fs';
import { Image } from '@qualm/types';

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly pixels: string;
}

/** What fixtures/preprocess/generate.py wrote. */
export const pillow = JSON.parse(
  readFileSync(new URL('../fixtures/preprocess/expected.json', import.meta.url), 'utf8'),
) as {
  readonly files: Readonly<Record<string, string>>;
  readonly decoded: Readonly<Record<string, Pixels>>;
  readonly cmyk: { readonly pillow: string };
  readonly resized: readonly (Pixels & {
    readonly file: string;
    readonly filter: 'bilinear' | 'bicubic' | 'lanczos3';
    readonly mode: 'stretch' | 'center' | 'top-left';
  })[];
  readonly normalised: { readonly rgb: string; readonly bgr: string };
};

export function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

export function imageOf(name: string): Image {
  return Image.fromBytes(bytesOf(pillow.files[name]!));
}

export interface Difference {
  readonly mean: number;
  readonly max: number;
}

export function difference(actual: ArrayLike<number>, wanted: ArrayLike<number>): Difference {
  if (actual.length !== wanted.length) throw new Error(`${actual.length} values, expected ${wanted.length}`);
  let sum = 0;
  let max = 0;
  for (let index = 0; index < actual.length; index++) {
    const distance = Math.abs(actual[index]! - wanted[index]!);
    sum += distance;
    max = Math.max(max, distance);
  }
  return { mean: sum / actual.length, max };
}
