import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Image } from '@qualm/types';
import { render, renderCrops } from '@qualm/viz';
import { describe, expect, it } from 'vitest';
import { boxCrops } from '../src/index.ts';
import type { BoxCrop } from '../src/index.ts';
import { predictionsOf } from './predictions-of.ts';

/** An image of 100 x 100 pixels, red on the left and blue on the right. */
async function halves(): Promise<string> {
  const data = new Uint8Array(30_000);
  for (let pixel = 0; pixel < 10_000; pixel++) data[3 * pixel + (pixel % 100 < 50 ? 0 : 2)] = 255;
  const path = join(await mkdtemp(join(tmpdir(), 'qualm-crops-')), 'halves.png');
  await writeFile(path, (await render({ data, width: 100, height: 100 }, [], { format: 'png' })) as Uint8Array);
  return path;
}

const sure = [0.9, 0.05, 0.05];
const faint = [0.1, 0.05, 0.05];

async function cropsOf(
  images: Parameters<typeof predictionsOf>[0],
  options?: Parameters<typeof boxCrops>[1],
): Promise<readonly BoxCrop[]> {
  const crops = await boxCrops(predictionsOf(images), options);
  const all: BoxCrop[] = [];
  for await (const crop of crops) all.push(crop);
  expect(crops.boxes).toBe(all.length);
  return all;
}

describe('boxCrops(predictions)', () => {
  it('cuts boxes out of their images with what pages show around them, and counts all that are stored', async () => {
    const uri = await halves();
    const places = [
      [0, 0, 10, 10],
      [70, 40, 90, 60],
      [0, 0, 100, 100],
    ];
    const all = await cropsOf([{ id: 'a', uri, boxes: [faint, sure, sure], places }]);
    expect(all.map(({ image_id, box_index, uri: of }) => [image_id, box_index, of])).toEqual([
      ['a', 1, uri],
      ['a', 2, uri],
    ]);
    expect(all.map(({ box }) => box)).toEqual([
      { xmin: 70, ymin: 40, xmax: 90, ymax: 60 },
      { xmin: 0, ymin: 0, xmax: 100, ymax: 100 },
    ]);
    // Three tenths of 20 pixels on each side, all blue; and the whole image.
    const parts = [
      { xmin: 64, ymin: 34, xmax: 96, ymax: 66 },
      { xmin: 0, ymin: 0, xmax: 100, ymax: 100 },
    ];
    const wanted = await renderCrops(Image.fromUri(uri), parts, { context: 0, format: 'png' });
    all.forEach(({ image }, at) => expect(Buffer.from(wanted[at]!.bytes).equals(image.bytes!)).toBe(true));
  });

  it('gives each box of an image that cannot be opened the reason, and one outside of its image', async () => {
    const images = [
      { id: 'gone', boxes: [sure, sure] },
      { id: 'far', uri: 'https://images.example.org/a.jpg', boxes: [sure] },
      { id: 'b', uri: await halves(), boxes: [sure], places: [[120, 0, 130, 10]] },
      { id: 'failed', boxes: null },
    ];
    const all = await cropsOf(images);
    expect(all.map(({ image_id, error }) => [image_id, error?.code])).toEqual([
      ['gone', 'image-missing'],
      ['gone', 'image-missing'],
      ['far', 'unsupported'],
      ['b', 'image-invalid'],
    ]);
    expect(all[3]!.error!.message).toBe('the box has nothing inside of its image');
  });

  it('takes the boxes of a least score, and the first so many images', async () => {
    const images = ['a', 'b', 'c'].map((id) => ({ id, boxes: [sure, faint] }));
    expect(await cropsOf(images, { minScore: 0, limit: 2 })).toHaveLength(4);
    expect(await cropsOf(images, { minScore: 0.95 })).toEqual([]);
  });

  it('holds no box before it is asked for, and then those of one image', async () => {
    const table = predictionsOf(['a', 'b', 'c'].map((id) => ({ id, boxes: [sure, faint, sure] })));
    const asked: number[] = [];
    const image = { ...table.columns.image, at: (row: number) => (asked.push(row), table.columns.image.at(row)) };
    const columns = { ...table.columns, image: image as typeof table.columns.image };
    const crops = await boxCrops({ ...table, columns }, { limit: 2 });
    expect([crops.boxes, asked]).toEqual([4, []]);
    const before: unknown[][] = [];
    for await (const { image_id, box_index } of crops) before.push([image_id, box_index, asked.length]);
    expect(before).toEqual([
      ['a', 0, 1],
      ['a', 2, 1],
      ['b', 0, 2],
      ['b', 2, 2],
    ]);
  });

  it('cuts out as often as it is asked', async () => {
    const crops = await boxCrops(predictionsOf([{ id: 'gone', boxes: [sure, sure] }]));
    const indexes = async (): Promise<number[]> => {
      const found: number[] = [];
      for await (const { box_index } of crops) found.push(box_index);
      return found;
    };
    expect([await indexes(), await indexes()]).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });
});
