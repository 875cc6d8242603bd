import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { Image } from '@qualm/types';
import { decodeImage } from '../src/decode-image.ts';
import { bytesOf, difference, imageOf, pillow } from './pillow.ts';

describe('decodeImage', () => {
  it.each(Object.keys(pillow.decoded))('decodeImage(%s) equals what Pillow decodes', async (name) => {
    const wanted = pillow.decoded[name]!;
    const { data, width, height } = await decodeImage(imageOf(name));
    expect([width, height]).toEqual([wanted.width, wanted.height]);
    expect(difference(data, bytesOf(wanted.pixels)).max).toBeLessThanOrEqual(1);
  });

  it('decodeImage(cmyk) uses a colour profile, where Pillow subtracts', async () => {
    const { data } = await decodeImage(imageOf('cmyk.jpg'));
    const away = difference(data, bytesOf(pillow.cmyk.pillow)).mean;
    expect(data.length).toBe(16 * 12 * 3);
    expect(away).toBeGreaterThan(5);
    expect(away).toBeLessThan(60);
  });

  it('decodeImage(cmyk) keeps paper white and ink dark', async () => {
    const { data: paper } = await decodeImage(imageOf('cmyk-white.jpg'));
    const { data: ink } = await decodeImage(imageOf('cmyk-black.jpg'));
    expect(Math.min(...paper)).toBeGreaterThan(250);
    expect(Math.max(...ink)).toBeLessThan(60);
  });

  it('decodeImage(animated WebP) is its first frame', async () => {
    const frames = Buffer.concat([Buffer.alloc(8 * 8 * 3, 200), Buffer.alloc(8 * 8 * 3, 10)]);
    const webp = await sharp(frames, { raw: { width: 8, height: 16, channels: 3, pageHeight: 8 } })
      .webp({ lossless: true })
      .toBuffer();
    expect((await sharp(webp).metadata()).pages).toBe(2);
    const { data, width, height } = await decodeImage(Image.fromBytes(webp));
    expect([width, height, Math.min(...data), Math.max(...data)]).toEqual([8, 8, 200, 200]);
  });

  it('decodeImage(1 x 1) is one pixel', async () => {
    const png = await sharp(Buffer.from([9, 8, 7]), { raw: { width: 1, height: 1, channels: 3 } })
      .png()
      .toBuffer();
    expect(await decodeImage(Image.fromBytes(png))).toMatchObject({
      width: 1,
      height: 1,
      data: Buffer.from([9, 8, 7]),
    });
  });

  it('decodeImage(image with a colour profile) leaves the stored values alone', async () => {
    const raw = { width: 2, height: 1, channels: 3 } as const;
    const stored = Buffer.from([200, 100, 50, 10, 220, 90]);
    const plain = await sharp(stored, { raw }).png().toBuffer();
    const tagged = await sharp(plain).keepIccProfile().withIccProfile('p3', { attach: true }).png().toBuffer();
    expect((await sharp(tagged).metadata()).hasProfile).toBe(true);
    const asStored = await sharp(tagged, { ignoreIcc: true }).removeAlpha().raw().toBuffer();
    expect(asStored).not.toEqual(stored);
    expect((await decodeImage(Image.fromBytes(tagged))).data).toEqual(asStored);
  });
});
