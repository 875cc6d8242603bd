import sharp from 'sharp';
import { expect, it } from 'vitest';
import { Image } from '@qualm/types';
import { decode } from '../src/decode.ts';

/** Chromium's answers: integration/test/orientation.test.ts. */
it.each([
  ['jpeg', 32, 48],
  ['png', 32, 48],
  ['webp', 48, 32],
] as const)('decode(%s with EXIF orientation 6) is as a browser shows it', async (format, width, height) => {
  const black = sharp({ create: { width: 48, height: 32, channels: 3, background: 'black' } });
  const bytes = await black.withMetadata({ orientation: 6 }).toFormat(format).toBuffer();
  const pixels = await decode(Image.fromBytes(bytes), 1e6);
  expect([pixels.width, pixels.height]).toEqual([width, height]);
});
