import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { lines, runCli } from './run-cli.ts';
import { toyPredictions } from './toy-run.ts';

describe('qualm render', () => {
  it('draws the least sure images of stored predictions', async () => {
    const folder = await toyPredictions();
    const run = ['render', 'predictions', '--top', '2', '--out', 'drawn', '--json'];
    const { code, stdout, stderr } = await runCli(run, { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('2 pictures') as string });
    const pictures = ['0001-c.jpg', '0002-b.jpg'];
    expect(await readdir(join(folder, 'drawn/pictures'))).toEqual(pictures);
    expect(lines(stdout)).toEqual([
      {
        type: 'result',
        pictures: pictures.map((name) => join(folder, 'drawn/pictures', name)),
        contactSheet: join(folder, 'drawn/contact-sheet.jpg'),
        undrawn: 0,
      },
    ]);
    expect(await sharp(join(folder, 'drawn/pictures/0001-c.jpg')).metadata()).toMatchObject({ format: 'jpeg' });
  });

  it('images that are gone are counted, and the others drawn', async () => {
    const folder = await toyPredictions();
    await rm(join(folder, 'photos/c.jpg'));
    const { code, stderr } = await runCli(['render', 'predictions', '--out', 'drawn'], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('warning: 1 images') as string });
    expect(await readdir(join(folder, 'drawn/pictures'))).toEqual(['0002-b.jpg', '0003-a.jpg']);
    await rm(join(folder, 'photos'), { recursive: true });
    expect(await runCli(['render', 'predictions', '--out', 'drawn'], { cwd: folder })).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('0 pictures') as string,
    });
  });
});
