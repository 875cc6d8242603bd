import { readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPredictions } from '@qualm/datasets';
import { runCli } from './run-cli.ts';
import { jpegOf, writeImages } from './toy-images.ts';
import { inputs, toyPredictions, toyProject } from './toy-run.ts';

describe('--resume', () => {
  it('refuses another folder with the same names, and a replaced photograph, and says what differs', async () => {
    const folder = await toyPredictions();
    const predict = ['predict', ...inputs, '--out', 'predictions', '--resume'];
    expect(await runCli(predict, { cwd: folder })).toMatchObject({ code: 0 });
    await rename(join(folder, 'photos'), join(folder, 'old'));
    await writeImages(join(folder, 'photos'), { 'a.jpg': [0, 0, 255], 'b.jpg': [0, 0, 255], 'c.jpg': [0, 0, 255] });
    const replaced = await runCli(predict, { cwd: folder });
    expect(replaced.code).toBe(1);
    expect(replaced.stderr).toMatch(/begun by another run: image "a\.jpg" (had|was written) .*resume with the same/);
    const other = await runCli(
      predict.map((part) => (part === 'photos' ? 'old' : part)),
      { cwd: folder },
    );
    expect(other.code).toBe(1);
    expect(other.stderr).toMatch(/image "a\.jpg" was file:.*photos\/a\.jpg, is file:.*old\/a\.jpg/);
  });

  it('refuses other options that decide what comes out', async () => {
    const folder = await toyPredictions();
    const predict = ['predict', ...inputs, '--out', 'predictions', '--resume', '--min-score', '0.9'];
    const { code, stderr } = await runCli(predict, { cwd: folder });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('min-score was as the spec says, is 0.9;') as string,
    });
  });

  it('--fingerprint content does not mind times, and minds content', async () => {
    const folder = await toyProject();
    const predict = ['predict', ...inputs, '--out', 'predictions', '--fingerprint', 'content'];
    expect(await runCli(predict, { cwd: folder })).toMatchObject({ code: 0 });
    const photo = join(folder, 'photos', 'b.jpg');
    await utimes(photo, new Date(0), new Date(0));
    expect(await runCli([...predict, '--resume'], { cwd: folder })).toMatchObject({ code: 0 });
    await writeFile(photo, await jpegOf([0, 0, 255]));
    const { code, stderr } = await runCli([...predict, '--resume'], { cwd: folder });
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('image "b.jpg" ') as string });
  });

  it('does a damaged shard again', async () => {
    const folder = await toyPredictions('--shard-rows', '1');
    const path = join(folder, 'predictions', 'part-00001.parquet');
    const sound = await readFile(path);
    const damaged = Buffer.from(sound);
    damaged[500]! ^= 4;
    await writeFile(path, damaged);
    const ranked = await runCli(['rank', 'predictions'], { cwd: folder });
    expect(ranked).toMatchObject({ code: 1, stdout: '' });
    expect(ranked.stderr).toMatch(/^qualm: predictions: ".*part-00001\.parquet" is not the shard .*checksum.*--resume/);
    expect(ranked.stderr).not.toMatch(/\n\s+at /);
    const resumed = await runCli(['predict', ...inputs, '--out', 'predictions', '--shard-rows', '1', '--resume'], {
      cwd: folder,
    });
    expect(resumed.stderr).toContain('resuming: 2 of 3 images are done already');
    expect(await readFile(path)).toEqual(sound);
    expect((await readPredictions(join(folder, 'predictions'))).length).toBe(3);
  });

  it('--retry-failed does images with an error again, and takes one that was mended', async () => {
    const folder = await toyProject();
    const predict = ['predict', ...inputs, '--out', 'predictions'];
    const photo = join(folder, 'photos', 'b.jpg');
    await writeFile(photo, 'no image');
    expect(await runCli(predict, { cwd: folder })).toMatchObject({ code: 0 });
    await writeFile(photo, await jpegOf([255, 160, 0]));
    const plain = await runCli([...predict, '--resume'], { cwd: folder });
    expect(plain).toMatchObject({ code: 1, stderr: expect.stringContaining('image "b.jpg" had 8 bytes') as string });
    const retried = await runCli([...predict, '--retry-failed'], { cwd: folder });
    expect(retried).toMatchObject({ code: 0, stderr: expect.stringContaining('2 of 3 images are done') as string });
    const { columns } = await readPredictions(join(folder, 'predictions'));
    expect([...columns.error]).toEqual([null, null, null]);
    expect(await runCli([...predict, '--resume'], { cwd: folder })).toMatchObject({ code: 0 });
    await writeFile(join(folder, 'photos', 'a.jpg'), 'no image');
    const refused = await runCli([...predict, '--retry-failed'], { cwd: folder });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('image "a.jpg" had') as string });
  });
});
