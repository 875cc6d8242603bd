import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Box2d, Image } from '@qualm/types';
import { cropImage, decodeImage, embedImage, imageMetadata, resizeImage, saveImage } from '../src/index.ts';
import { temporaryFolder } from './files.ts';
import { bytesOf, difference, imageOf, pillow } from './pillow.ts';

const folder = temporaryFolder();
const full = bytesOf(pillow.decoded['rgb.png']!.pixels);

function pixelsOf(left: number, top: number, width: number, height: number): number[] {
  return Array.from({ length: height }, (_, y) => [
    ...full.subarray(((top + y) * 16 + left) * 3, ((top + y) * 16 + left + width) * 3),
  ]).flat();
}

describe('imageMetadata', () => {
  it.each([
    [
      'rgb.png',
      { format: 'png', width: 16, height: 12, channels: 3, depth: 'uchar', hasAlpha: false, orientation: 1, pages: 1 },
    ],
    ['exif-6.jpg', { format: 'jpeg', width: 24, height: 32, orientation: 6 }],
    ['rgba.png', { channels: 4, hasAlpha: true }],
    ['grey16.png', { channels: 1, depth: 'ushort' }],
    ['animated.gif', { format: 'gif', width: 16, height: 12, pages: 2 }],
  ])('imageMetadata(%s) is what the header says', async (name, wanted) => {
    expect(await imageMetadata(imageOf(name))).toMatchObject(wanted);
  });
});

describe('cropImage', () => {
  it.each([
    [new Box2d(4, 3, 9, 6), [4, 3, 5, 3]],
    [new Box2d(4.2, 3.9, 8.1, 5.5), [4, 3, 5, 3]],
    [new Box2d(10, 8, 100, 100), [10, 8, 6, 4]],
    [new Box2d(0, 0, 16, 12), [0, 0, 16, 12]],
    [new Box2d(0.25, 0.25, 0.5, 0.5, 'relative'), [4, 3, 4, 3]],
  ] as const)('cropImage(%o) holds these pixels: %o', async (box, [left, top, width, height]) => {
    const pixels = await decodeImage(await cropImage(imageOf('rgb.png'), box));
    expect([pixels.width, pixels.height]).toEqual([width, height]);
    expect([...pixels.data]).toEqual(pixelsOf(left, top, width, height));
  });

  it('cropImage(boxes) is one image for each, in their order', async () => {
    const crops = await cropImage(imageOf('rgb.png'), [new Box2d(0, 0, 2, 1), new Box2d(3, 3, 4, 5)]);
    const sizes = await Promise.all(crops.map(async (crop) => imageMetadata(crop)));
    expect(sizes.map(({ width, height }) => [width, height])).toEqual([
      [2, 1],
      [1, 2],
    ]);
    expect(await cropImage(imageOf('rgb.png'), [])).toEqual([]);
  });

  it.each([new Box2d(16, 0, 20, 5), new Box2d(3, 3, 3, 9), new Box2d(2, 5, 9, 5)])(
    'cropImage(%o) has no area',
    async (box) => {
      await expect(cropImage(imageOf('rgb.png'), box)).rejects.toThrow(RangeError);
    },
  );
});

describe('resizeImage', () => {
  it('resizeImage is what fill puts into a tensor', async () => {
    const wanted = pillow.resized.find(
      ({ file, filter, mode }) => file === 'rgb.png' && filter === 'bicubic' && mode === 'stretch',
    )!;
    const size = { width: wanted.width, height: wanted.height };
    const pixels = await decodeImage(await resizeImage(imageOf('rgb.png'), size, { filter: 'bicubic' }));
    expect(difference(pixels.data, bytesOf(wanted.pixels)).mean).toBeLessThan(1.2);
  });

  it('resizeImage refuses a size of 0', async () => {
    await expect(resizeImage(imageOf('rgb.png'), { width: 0, height: 3 })).rejects.toThrow(RangeError);
  });
});

describe('saveImage', () => {
  it('saveImage writes bytes of the same format unchanged', async () => {
    const path = join(folder, 'same #1.jpg');
    const saved = await saveImage(imageOf('rgb.jpg'), pathToFileURL(path).href);
    expect(new Uint8Array(readFileSync(path))).toEqual(bytesOf(pillow.files['rgb.jpg']!));
    expect(saved.equals(Image.fromUri(path))).toBe(true);
  });

  it.each(['a.jpg', 'a.JPEG', 'a.png', 'a.webp', 'a.gif', 'a.tif', 'a.avif'])(
    'saveImage to %s is readable',
    async (name) => {
      const path = join(folder, name);
      const { format, width, height } = await imageMetadata(await saveImage(imageOf('rgba.png'), path));
      expect([width, height]).toEqual([16, 12]);
      expect(name.toLowerCase()).toContain(format.slice(0, 2));
    },
  );

  it('saveImage refuses an unknown extension, a web address and a folder that is not there', async () => {
    const image = imageOf('rgb.png');
    await expect(saveImage(image, join(folder, 'a.bmp'))).rejects.toMatchObject({ code: 'unsupported' });
    await expect(saveImage(image, 'https://example.org/a.png')).rejects.toMatchObject({ code: 'unsupported' });
    await expect(saveImage(image, join(folder, 'no', 'a.png'))).rejects.toMatchObject({ code: 'io' });
  });
});

describe('embedImage', () => {
  it('embedImage reads a URI into bytes and leaves bytes alone', async () => {
    const path = join(folder, 'embed.png');
    writeFileSync(path, bytesOf(pillow.files['rgb.png']!));
    const embedded = await embedImage(Image.fromUri(path));
    expect([embedded.uri, embedded.equals(imageOf('rgb.png'))]).toEqual([null, true]);
    expect(await embedImage(embedded)).toBe(embedded);
  });
});
