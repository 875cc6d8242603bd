import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderCrops } from '@qualm/viz';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reportPictures, thumbnailsOf } from '../src/index.ts';
import type { PageCell } from '../src/index.ts';

let folder: string;
let cells: readonly PageCell[];
const cell = (id: string, uri: string, side: number): PageCell => ({
  uri,
  cell: { id, image: id, width: 900, height: 900, values: [0], region: { x: 10, y: 10, width: side, height: side } },
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-pictures-'));
  const pixels = { data: new Uint8Array(900 * 900 * 3).fill(120), width: 900, height: 900 };
  const [picture] = await renderCrops(pixels, [{ xmin: 0, ymin: 0, xmax: 900, ymax: 900 }], { context: 0 });
  const images = ['a', 'b'].map((name) => join(folder, `${name}.jpg`));
  for (const path of images) await writeFile(path, picture!.bytes);
  cells = [cell('a1', images[0]!, 800), cell('b1', images[1]!, 800), cell('a2', images[0]!, 100)];
});
afterAll(() => rm(folder, { recursive: true }));

async function sidesOf(sharpBytes: number): Promise<Record<string, number>> {
  const sides: Record<string, number> = {};
  for await (const { place, thumbnail } of reportPictures(cells, { sharpBytes }))
    sides[cells[place]!.cell.id] = (thumbnail as { readonly width?: number }).width!;
  return sides;
}

it('reportPictures(cells, { sharpBytes }) gives the first images pictures twice as large, as far as it goes', async () => {
  expect(await sidesOf(0)).toEqual({ a1: 200, b1: 200, a2: 100 });
  // One picture of the first image spends them, and its cells are made together.
  expect(await sidesOf(1)).toEqual({ a1: 400, b1: 200, a2: 100 });
  expect(await sidesOf(Infinity)).toEqual({ a1: 400, b1: 400, a2: 100 });
  await expect(sidesOf(-1)).rejects.toThrow('reportPictures: sharpBytes is -1; expected a number from 0');
});

it('reportPictures(cells, { wholes }) gives whole images last, as far as what is left of the bytes goes', async () => {
  const wholesOf = async (sharpBytes: number): Promise<[string, number][]> => {
    const found: [string, number][] = [];
    for await (const { place, thumbnail, isWhole } of reportPictures(cells, { sharpBytes, wholes: true }))
      if (isWhole) found.push([cells[place]!.cell.id, (thumbnail as { readonly width?: number }).width!]);
    return found;
  };
  expect(await wholesOf(Infinity)).toEqual([
    ['a1', 640],
    ['b1', 640],
  ]);
  // The sharp parts have spent them.
  expect(await wholesOf(1)).toEqual([]);
  const { cell: plain, uri } = cells[0]!;
  const { region: _, ...whole } = plain;
  const seen: boolean[] = [];
  for await (const { isWhole = false } of reportPictures([{ uri, cell: whole }], { sharpBytes: 1e9, wholes: true }))
    seen.push(isWhole);
  expect(seen).toEqual([false]);
});

it('thumbnailsOf(cells, { times }) is null where an image cannot be opened', async () => {
  expect(await thumbnailsOf([cell('gone', join(folder, 'gone.png'), 50)], { times: 2 })).toEqual([null]);
});
