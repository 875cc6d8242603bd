import { spawnSync } from 'node:child_process';
import { readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { outcomeOf } from '@qualm/testkit';
import { describe, expect, it } from 'vitest';
import { readPredictions } from '@qualm/datasets';
import { bin, runCli, spawnCli, startCli, temporaryFolder } from './run-cli.ts';
import { writeManyImages } from './toy-images.ts';
import { writeToyModel } from './toy-model.ts';
import { inputs, toyProject } from './toy-run.ts';

/** So many that, however slow this process is to see the first four stored, more than twenty are
 * left.
 */
const numImages = 160;

async function project(): Promise<{ folder: string; photos: string; predict: string[] }> {
  const folder = await temporaryFolder();
  const photos = await writeManyImages(join(folder, 'photos'), numImages);
  const model = await writeToyModel(join(folder, 'model'), { products: 4 });
  return { folder, photos, predict: ['predict', '--images', photos, '--model', model, '--shard-rows', '4', '--out'] };
}

async function contents(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await readFile(join(folder, name))).toString('base64')])),
  );
}

async function untilStored(out: string): Promise<void> {
  while (!(await readdir(out).catch((): string[] => [])).includes('part-00000.parquet')) await sleep(5);
}

describe.skipIf(process.platform === 'win32')('a folder of images that goes away', () => {
  it('for good ends the run with 1, stores nothing of it, and --resume ends in the same bytes', async () => {
    const { folder, photos, predict } = await project();
    const [calm, out] = [join(folder, 'calm'), join(folder, 'out')];
    expect(await spawnCli([...predict, calm])).toMatchObject({ code: 0 });
    const child = startCli([...predict, out]);
    const outcome = outcomeOf(child);
    await untilStored(out);
    await rename(photos, `${photos}.gone`);
    const { code, stderr } = await outcome;
    await rename(`${photos}.gone`, photos);
    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(stderr).toMatch(
      /qualm: predict: 20 images in a row failed .*it was there when the run began: is its drive still there\?/,
    );
    const { columns } = await readPredictions(out);
    // One that was tried just then may stand among those that still did.
    const codes = new Set([...columns.error].map((error) => error?.code ?? null));
    expect([...codes].filter((code) => code !== null && code !== 'machine-trouble')).toEqual([]);
    expect(columns.error.length).toBeLessThan(numImages);
    expect(await spawnCli([...predict, out, '--resume'])).toMatchObject({ code: 0 });
    expect(await contents(out)).toEqual(await contents(calm));
  });

  it('for a moment is not an error of any image', async () => {
    const { folder, photos, predict } = await project();
    const out = join(folder, 'out');
    const child = startCli([...predict, out]);
    const outcome = outcomeOf(child);
    await untilStored(out);
    await rename(photos, `${photos}.gone`);
    await sleep(200);
    await rename(`${photos}.gone`, photos);
    expect(await outcome).toMatchObject({ code: 0, stderr: expect.stringContaining(', 0 failed') as string });
  });
});

describe.skipIf(process.platform !== 'linux')('with addresses limited (ulimit -v)', () => {
  it('less memory is asked for, and all images are done', async () => {
    const folder = await toyProject();
    const args = [bin, 'predict', ...inputs, '--sessions', '1', '--out', 'out'].map((part) => `'${part}'`).join(' ');
    const line = `ulimit -v ${8 * 2 ** 20} && exec '${process.execPath}' ${args}`;
    const { status, stderr } = spawnSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8' });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stderr).toMatch(
      /^memory is limited to 8\.6 GB of addresses \(ulimit -v\): asking for less\n[^]*3 images in .*, 0 failed/,
    );
  });

  it('where Node is not told, no image is taken for broken, and the run ends with 1', async () => {
    const folder = await temporaryFolder();
    await writeManyImages(join(folder, 'photos'), 21);
    await writeToyModel(join(folder, 'model'));
    const args = [join(bin, '../../dist/start/run-here.js'), 'predict', ...inputs, '--sessions', '1', '--out', 'out'];
    const line = `ulimit -v ${8 * 2 ** 20} && exec '${process.execPath}' ${args.map((part) => `'${part}'`).join(' ')}`;
    const { status, stderr } = spawnSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8' });
    expect({ status, stderr }).toMatchObject({ status: 1 });
    expect(stderr).toMatch(/20 images in a row failed .*no memory left .*ulimit -v/);
    expect(await readdir(join(folder, 'out'))).toEqual(['_qualm.images.jsonl', '_qualm.json']);
  });
});

describe('a run of which all images fail', () => {
  it('ends with 1 and stores none', async () => {
    const folder = await toyProject();
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) await writeFile(join(folder, 'photos', name), 'no image');
    const { code, stderr } = await runCli(['predict', ...inputs, '--out', 'out'], { cwd: folder });
    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(stderr).toMatch(
      /all 3 images failed, and nothing is stored; the first is "a\.jpg": decode: .*a\.jpg" starts with "no image"/,
    );
    expect(await readdir(join(folder, 'out'))).toEqual(['_qualm.images.jsonl', '_qualm.json']);
  });
});
