import { Box2d, Image } from '@qualm/types';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { box, contactSheet } from '../src/index.ts';
import type { ContactCell } from '../src/index.ts';
import { mapInOrder } from '../src/map-in-order.ts';
import { plain, readBack } from './pictures.ts';

const options = { format: 'png', columns: 2, cellSize: { width: 40, height: 30 }, gap: 10, captionLines: 0 } as const;
const red = plain(80, 60, [255, 0, 0]);

describe('contactSheet', () => {
  test('lays cells out row by row', async () => {
    const blue = plain(80, 60, [0, 0, 255]);
    const sheet = await readBack(
      await contactSheet([{ image: red }, { image: blue }, { image: blue }], { ...options, background: 'white' }),
    );
    expect([sheet.width, sheet.height]).toEqual([110, 90]);
    expect([
      sheet.at(5, 5),
      sheet.at(12, 12),
      sheet.at(62, 12),
      sheet.at(12, 52),
      sheet.at(62, 52),
      sheet.at(55, 88),
    ]).toEqual([
      [255, 255, 255],
      [255, 0, 0],
      [0, 0, 255],
      [0, 0, 255],
      [255, 255, 255],
      [255, 255, 255],
    ]);
  });

  test('shows a box with its context, layers and caption', async () => {
    const target = new Box2d(30, 20, 50, 40);
    const cell = {
      image: red,
      box: target,
      layers: box(target, { color: 'lime', fillOpacity: 1 }),
      caption: 'a <b> 0.5',
    };
    const sheet = await readBack(await contactSheet([cell], { ...options, captionLines: 1 }));
    expect(sheet.at(30, 25)).toEqual([0, 255, 0]);
    expect(sheet.height).toBe(10 + 30 + Math.ceil(1.2 * 13 + 6.5) + 10);
  });

  test('a broken image becomes a cell that says so', async () => {
    const sheet = await readBack(await contactSheet([{ image: Image.fromUri('/none.jpg') }, { image: red }], options));
    expect(sheet.at(62, 12)).toEqual([255, 0, 0]);
  });

  test('takes cells as it draws them, a few at a time', async () => {
    let ahead = 0;
    let most = 0;
    async function* items() {
      for (let index = 0; index < 50; index++) {
        most = Math.max(most, ++ahead);
        yield index;
      }
    }
    const seen: number[] = [];
    for await (const item of mapInOrder(items(), 4, (value) => Promise.resolve(value))) {
      ahead--;
      seen.push(item);
    }
    expect(seen).toEqual(Array.from({ length: 50 }, (_, index) => index));
    expect(most).toBe(4);
  });

  test('refuses no cells, broken sizes and sheets beyond what formats hold', async () => {
    const endless = function* (): Generator<ContactCell> {
      for (;;) yield { image: red };
    };
    await expect(contactSheet([], options)).rejects.toThrow(RangeError);
    await expect(contactSheet([{ image: red }], { ...options, columns: 0 })).rejects.toThrow(RangeError);
    await expect(
      contactSheet(endless(), { ...options, columns: 1, cellSize: { width: 1, height: 20_000 } }),
    ).rejects.toThrow(/make several sheets/);
  });
});

test('contactSheet has a cell that says so for an address, a missing file and a folder', async () => {
  const images = ['http://example.org/a.jpg', '/no/such/file.jpg', import.meta.dirname].map((uri) => ({
    image: Image.fromUri(uri),
  }));
  const sheet = await contactSheet(images, { format: 'png', columns: 3, cellSize: { width: 40, height: 30 } });
  expect(await sharp(sheet).metadata()).toMatchObject({ width: 12 + 3 * 52 });
});
