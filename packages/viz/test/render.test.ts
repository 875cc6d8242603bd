import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Box2d, Image, Mask, QualmError } from '@qualm/types';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { box, compose, mask, polygon, render, renderCrop, text } from '../src/index.ts';
import { assertFonts } from '../src/font.ts';
import { greatestDifference, plain, readBack } from './pictures.ts';

const folder = mkdtempSync(join(tmpdir(), 'qualm-viz-'));
afterAll(() => rmSync(folder, { recursive: true }));

const grey = plain(80, 60, [100, 100, 100]);
const png = { format: 'png' } as const;

describe('render', () => {
  test('without layers gives the image back', async () => {
    const picture = await readBack(await render(grey, [], png));
    expect([picture.width, picture.height, greatestDifference(picture.data, grey.data)]).toEqual([80, 60, 0]);
  });

  test('blends a mask over exactly its pixels, by its opacity', async () => {
    const bitmap = new Uint8Array(80 * 60).map((_, index) => (index % 7 === 0 ? 1 : 0));
    const layer = mask(Mask.fromBitmap(bitmap, { width: 80, height: 60 }), { color: '#ff8000', fillOpacity: 0.5 });
    const { data } = await readBack(await render(grey, layer, png));
    const expected = Uint8Array.from(data, (_, byte) =>
      bitmap[Math.floor(byte / 3)] === 1 ? [177.5, 114, 50][byte % 3]! : 100,
    );
    expect(greatestDifference(data, expected)).toBeLessThanOrEqual(2);
  });

  test('keeps strokes inside of the box', async () => {
    const { at } = await readBack(
      await render(grey, box(new Box2d(10, 10, 50, 40), { color: 'red', strokeWidth: 3 }), png),
    );
    expect([at(9, 20), at(10, 20), at(12, 20), at(13, 20), at(49, 20), at(50, 20)]).toEqual(
      [0, 1, 1, 0, 1, 0].map((drawn) => (drawn ? [255, 0, 0] : [100, 100, 100])),
    );
  });

  test('keeps strokes of a polygon inside of it', async () => {
    const triangle = polygon(
      [
        [10, 10],
        [70, 10],
        [10, 50],
      ],
      { color: 'red', strokeWidth: 3, fillOpacity: 0 },
    );
    const { at } = await readBack(await render(grey, triangle, png));
    expect([at(20, 9), at(20, 10), at(20, 12), at(20, 14)]).toEqual([
      [100, 100, 100],
      [255, 0, 0],
      [255, 0, 0],
      [100, 100, 100],
    ]);
  });

  test('really draws text: white ink on a black plate', async () => {
    const { at, data } = await readBack(
      await render(grey, text('Hill', [10, 10], { background: 'black', fontSize: 20 }), png),
    );
    expect(at(12, 20)).toEqual([0, 0, 0]);
    expect(data.filter((value) => value === 255).length).toBeGreaterThan(100);
  });

  test('is the golden picture within 8 of 255 per byte', async () => {
    const scene = compose(
      box(new Box2d(5, 20, 40, 55), { color: '#56b4e9', label: 'cat 0.5', fillOpacity: 0.2 }),
      polygon(
        [
          [45, 30],
          [75, 30],
          [60, 55],
        ],
        { color: '#d55e00' },
      ),
    );
    const file = new URL('golden/scene.png', import.meta.url);
    const picture = await render(grey, scene, { ...png, maxWidth: 80 });
    if (!existsSync(file) && process.env.UPDATE_GOLDEN) writeFileSync(file, picture);
    const golden = await sharp(readFileSync(file)).raw().toBuffer();
    expect(greatestDifference((await readBack(picture)).data, golden)).toBeLessThanOrEqual(8);
  });

  test('makes JPEG and SVG as well', async () => {
    const jpeg = await render(grey, [], { format: 'jpeg', quality: 70 });
    expect((await sharp(jpeg).metadata()).format).toBe('jpeg');
    expect(await render(grey, box(new Box2d(1, 1, 5, 5)), { format: 'svg' })).toMatch(
      /^<svg .*\n<image href="data:image\/jpeg;base64,[\w+/=]+" width="80".*\n<path /,
    );
  });

  test('makes pictures smaller on request, never larger, layers with them', async () => {
    const small = await readBack(
      await render(grey, box(new Box2d(40, 30, 80, 60), { color: 'red', fillOpacity: 1 }), { ...png, maxWidth: 40 }),
    );
    expect([small.width, small.height, small.at(19, 20), small.at(21, 20)]).toEqual([
      40,
      30,
      [100, 100, 100],
      [255, 0, 0],
    ]);
    expect((await readBack(await render(grey, [], { ...png, maxWidth: 4000 }))).width).toBe(80);
  });

  test('turns images by their EXIF orientation before it draws', async () => {
    const bytes = await sharp(grey.data, { raw: { width: 80, height: 60, channels: 3 } })
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect(await readBack(await render(Image.fromBytes(bytes), [], png))).toMatchObject({ width: 60, height: 80 });
  });

  test.each([1, 4])('takes pixels of %i channels', async (channels) => {
    const data = new Uint8Array(6 * 4 * channels).fill(100);
    const { at } = await readBack(await render({ data, width: 6, height: 4 }, box(new Box2d(0, 0, 1, 1)), png));
    expect(at(3, 3)).toEqual([100, 100, 100]);
  });

  test('names with #, % and spaces are plain paths', async () => {
    const path = join(folder, 'a #1 100%.png');
    writeFileSync(path, await render(grey, [], png));
    expect((await readBack(await render(Image.fromUri(path), [], png))).width).toBe(80);
  });
});

describe('render refuses', () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  test.each([
    ['a missing file', Image.fromUri(join(folder, 'none.jpg')), 'image-missing'],
    ['a remote address', Image.fromUri('https://example.com/a.jpg'), 'unsupported'],
    ['an SVG', Image.fromBytes(svg), 'image-invalid'],
    ['an empty file', Image.fromBytes(new Uint8Array()), 'image-invalid'],
    ['text', Image.fromBytes(Buffer.from('no image at all')), 'image-invalid'],
  ])('%s', async (_, image, code) => {
    const error: unknown = await render(image, [], png).catch((thrown: unknown) => thrown);
    expect(QualmError.is(error) && error.code).toBe(code);
  });

  test('images with too many pixels, pixels of another length, and work after an abort', async () => {
    const bytes = await render(grey, [], png);
    await expect(render(Image.fromBytes(bytes), [], { ...png, maxPixels: 100 })).rejects.toMatchObject({
      code: 'image-too-large',
    });
    await expect(render({ data: new Uint8Array(5), width: 2, height: 1 }, [], png)).rejects.toThrow(RangeError);
    await expect(render(grey, [], { ...png, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  });

  test('to draw text with a font that is missing or is not a font', async () => {
    const layer = text('a', [1, 1]);
    const file = join(folder, 'font.woff2');
    writeFileSync(file, 'wOF2....');
    await expect(render(grey, layer, { ...png, fontFiles: ['/none.ttf'] })).rejects.toMatchObject({
      code: 'unsupported',
    });
    await expect(assertFonts([file])).rejects.toThrow(/not a TrueType or OpenType font/);
  });
});

describe('renderCrop', () => {
  test('shows the box and its context, layers in their places', async () => {
    const target = new Box2d(30, 20, 50, 40);
    const layers = box(target, { color: 'red', fillOpacity: 1 });
    const picture = await readBack((await renderCrop(grey, target, { ...png, context: 0.25, layers })) as Uint8Array);
    expect([picture.width, picture.height]).toEqual([30, 30]);
    expect([picture.at(4, 15), picture.at(5, 15), picture.at(24, 15), picture.at(25, 15)]).toEqual([
      [100, 100, 100],
      [255, 0, 0],
      [255, 0, 0],
      [100, 100, 100],
    ]);
  });

  test('stays inside the image, gives a zero-area box one pixel, and refuses one outside', async () => {
    const sizeOf = async (target: Box2d) => {
      const { width, height } = await readBack((await renderCrop(grey, target, { ...png, context: 1 })) as Uint8Array);
      return [width, height];
    };
    expect(await sizeOf(new Box2d(0, 0, 70, 50))).toEqual([80, 60]);
    expect(await sizeOf(new Box2d(80, 60, 80, 60))).toEqual([1, 1]);
    await expect(renderCrop(grey, new Box2d(90, 0, 99, 9), png)).rejects.toThrow(RangeError);
  });
});
