import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { placeWhole } from '../src/place-whole.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-place-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

it('a file that several write at once is whole for those who read it meanwhile', async () => {
  const path = join(folder, 'shown/photograph.jpg');
  const bytes = Buffer.alloc(2 ** 20, 7);
  await placeWhole(path, (unfinished) => writeFile(unfinished, bytes));
  const lengths = new Set<number>();
  const place = async (): Promise<void> => {
    for (let time = 0; time < 10; time++) await placeWhole(path, (unfinished) => writeFile(unfinished, bytes));
  };
  const read = async (): Promise<void> => {
    for (let time = 0; time < 40; time++) lengths.add((await readFile(path)).length);
  };
  await Promise.all([place(), place(), read()]);
  expect([...lengths]).toEqual([bytes.length]);
  expect(await readdir(folder, { recursive: true })).toEqual(['shown', 'shown/photograph.jpg']);
});

it('what could not be written leaves the file as it was, and nothing beside it', async () => {
  const path = join(folder, 'shown/photograph.jpg');
  await placeWhole(path, (unfinished) => writeFile(unfinished, 'first'));
  const broken = placeWhole(path, async (unfinished) => {
    await writeFile(unfinished, 'sec');
    throw new Error('the disk is full');
  });
  await expect(broken).rejects.toThrow('the disk is full');
  expect(await readFile(path, 'utf8')).toBe('first');
  expect(await readdir(folder, { recursive: true })).toEqual(['shown', 'shown/photograph.jpg']);
});
