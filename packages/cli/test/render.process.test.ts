import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { lines, pictureNames, runCli } from './run-cli.ts';
import { toyPredictions, toyProject } from './toy-run.ts';

describe('qualm render', () => {
  it('draws the least sure images of stored predictions', async () => {
    const folder = await toyPredictions();
    const run = ['render', 'predictions', '--top', '2', '--out', 'drawn', '--json'];
    const { code, stdout, stderr } = await runCli(run, { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('2 pictures') as string });
    const pictures = ['0001-c.jpg', '0002-b.jpg'];
    expect(await pictureNames(join(folder, 'drawn/pictures'))).toEqual(pictures);
    expect(lines(stdout)).toEqual([
      {
        type: 'result',
        pictures: pictures.map((name) => join(folder, 'drawn/pictures', name)),
        contactSheet: join(folder, 'drawn/contact-sheet.jpg'),
        undrawn: 0,
        warnings: [],
      },
    ]);
    const one = await runCli(['render', 'predictions', '--top', '1', '--out', 'one'], { cwd: folder });
    expect(one.stderr).toContain('1 picture; look at ');
    expect(await sharp(join(folder, 'drawn/pictures/0001-c.jpg')).metadata()).toMatchObject({ format: 'jpeg' });
  });

  it('--only draws the images of a list alone', async () => {
    const folder = await toyPredictions();
    await writeFile(join(folder, 'some.txt'), 'a.jpg\nb.jpg\n');
    const { code } = await runCli(['render', 'predictions', '--only', 'some.txt', '--out', 'drawn'], { cwd: folder });
    expect(code).toBe(0);
    expect(await pictureNames(join(folder, 'drawn/pictures'))).toEqual(['0001-b.jpg', '0002-a.jpg']);
  });

  it('draws what it can where one image is a folder now, stands in the list twice, or has a long name', async () => {
    const folder = await toyProject();
    const long = `${'猫'.repeat(80)}.jpg`;
    await rename(join(folder, 'photos/a.jpg'), join(folder, 'photos', long));
    const images = ['photos/b.jpg', 'photos/c.jpg', 'photos/b.jpg', `photos/${long}`];
    await runCli(['predict', '--images', ...images, '--model', 'model/quarters.json', '--out', 'p'], { cwd: folder });
    await rm(join(folder, 'photos/c.jpg'));
    await mkdir(join(folder, 'photos/c.jpg'));
    const { code, stdout, stderr } = await runCli(['render', 'p', '--out', 'drawn', '--json'], { cwd: folder });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining('1 image could not be opened') as string,
    });
    expect(lines(stdout).at(-1)).toMatchObject({ undrawn: 1 });
    expect(await pictureNames(join(folder, 'drawn/pictures'))).toEqual([
      '0002-b.jpg',
      '0003-b.jpg',
      `0004-${'猫'.repeat(40)}.jpg`,
    ]);
    const report = await runCli(['report', 'p', '--out', 'report.html'], { cwd: folder });
    expect({ code: report.code, stderr: report.stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining('have no picture') as string,
    });
  });

  it('pictures of an earlier run go, and what the user keeps beside them stays', async () => {
    const folder = await toyPredictions();
    await mkdir(join(folder, 'drawn/pictures'), { recursive: true });
    for (const name of ['2024-holiday.jpg', 'notes.txt']) await writeFile(join(folder, 'drawn/pictures', name), 'mine');
    const render = ['render', 'predictions', '--out', 'drawn', '--top'];
    await runCli([...render, '3'], { cwd: folder });
    expect(await pictureNames(join(folder, 'drawn/pictures'))).toHaveLength(5);
    await runCli([...render, '1', '--strategy', 'entropy'], { cwd: folder });
    expect(await pictureNames(join(folder, 'drawn/pictures'))).toEqual(['0001-c.jpg', '2024-holiday.jpg', 'notes.txt']);
  });

  it('a picture that the user painted on stays, and is written over with --force alone', async () => {
    const folder = await toyPredictions();
    const render = ['render', 'predictions', '--out', 'drawn', '--top', '1'];
    expect(await runCli(render, { cwd: folder })).toMatchObject({ code: 0 });
    const picture = join(folder, 'drawn/pictures/0001-c.jpg');
    const sheet = join(folder, 'drawn/contact-sheet.jpg');
    for (const painted of [picture, sheet]) {
      await writeFile(painted, 'mine');
      expect(await runCli(render, { cwd: folder })).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(`${painted}: exists, and is not as qualm wrote it`) as string,
      });
      expect(await readFile(painted, 'utf8')).toBe('mine');
      expect(await runCli([...render, '--force'], { cwd: folder })).toMatchObject({ code: 0 });
      expect((await readFile(painted)).subarray(0, 2)).toEqual(Buffer.of(0xff, 0xd8));
    }
  });

  it('images that are gone are counted, and the others drawn', async () => {
    const folder = await toyPredictions();
    await rm(join(folder, 'photos/c.jpg'));
    const { code, stderr } = await runCli(['render', 'predictions', '--out', 'drawn'], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('warning: 1 image ') as string });
    expect(await pictureNames(join(folder, 'drawn/pictures'))).toEqual(['0002-b.jpg', '0003-a.jpg']);
    await rm(join(folder, 'photos'), { recursive: true });
    expect(await runCli(['render', 'predictions', '--out', 'drawn'], { cwd: folder })).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('0 pictures') as string,
    });
  });
});
