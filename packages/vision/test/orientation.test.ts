import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Image } from '@qualm/types';
import { decodeImage } from '../src/decode-image.ts';
import { imageMetadata } from '../src/image-metadata.ts';

interface Turned {
  readonly format: string;
  readonly orientation: number;
  readonly size: readonly [number, number];
  readonly quarters: string;
  readonly bytes: string;
}

const file = new URL('../fixtures/orientation/turned.json', import.meta.url);
const pictures = JSON.parse(readFileSync(file, 'utf8')) as Turned[];

it.each(pictures)('decodeImage($format, EXIF orientation $orientation) is what Chromium shows', async (picture) => {
  const image = Image.fromBytes(Buffer.from(picture.bytes, 'base64'));
  const { data, width, height } = await decodeImage(image);
  const quarters = [0.25, 0.75].flatMap((y) =>
    [0.25, 0.75].map((x) => {
      const pixel = data.subarray(3 * (Math.floor(y * height) * width + Math.floor(x * width))).subarray(0, 3);
      return 'RGB'[pixel.indexOf(Math.max(...pixel))];
    }),
  );
  expect([[width, height], quarters.join('')]).toEqual([picture.size, picture.quarters]);
  const metadata = await imageMetadata(image);
  expect([metadata.width, metadata.height]).toEqual(picture.size);
});
