import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toyAffine, writeOnnxToys } from '@qualm/testkit';
import type { ToyModels } from '@qualm/testkit';
import { createTensor } from '@qualm/types';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOnnxBackend } from '../src/index.ts';

let folder: string;
let toys: ToyModels;
let graphCache: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-graphs-'));
  toys = await writeOnnxToys(folder, { repeats: 1 });
});
beforeEach(async () => {
  graphCache = join(await mkdtemp(join(folder, 'cache-')), 'graphs');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(model = toys.affine, options: object = {}): Promise<void> {
  const backend = createOnnxBackend({ device: 'cpu', sessions: 2, threads: 1, graphCache, ...options });
  const loaded = await backend.load({ model });
  const x = createTensor('float32', [1, 3], Float32Array.of(1, 2, 3));
  const runs = await Promise.all([loaded.run({ x }), loaded.run({ x })]);
  for (const { y } of runs) expect(y!.data).toEqual(toyAffine([1, 2, 3]));
  await loaded.dispose();
}

async function graphs(): Promise<string[]> {
  return (await readdir(graphCache)).filter((name) => name.endsWith('.onnx')).sort();
}

describe('createOnnxBackend({ graphCache })', () => {
  it('keeps one graph for a model, and answers by it', async () => {
    await run();
    const [graph] = await graphs();
    expect(await readdir(graphCache)).toEqual([graph, `${graph}.sha256`]);
    const before = await readFile(join(graphCache, graph!));
    await run();
    expect(await readFile(join(graphCache, graph!))).toEqual(before);
    expect(await graphs()).toEqual([graph]);
  });

  it('keeps another for other options', async () => {
    await run();
    await run(toys.affine, { graphOptimization: 'basic' });
    expect(await graphs()).toHaveLength(2);
    await run(toys.affine, { graphOptimization: 'disabled' });
    expect(await graphs()).toHaveLength(2);
  });

  it.each<[string, (file: string) => Promise<void>]>([
    ['cut off', async (file) => writeFile(file, (await readFile(file)).subarray(0, 40))],
    ['of another model', async (file) => writeFile(file, await readFile(toys.pair))],
    ['without its hash', (file) => rm(`${file}.sha256`)],
    ['a folder', async (file) => rm(file).then(() => mkdir(file))],
  ])('does without a graph that is %s', async (_, spoil) => {
    await run();
    const [graph] = await graphs();
    await spoil(join(graphCache, graph!));
    await run();
    await run();
  });

  it.skipIf(process.platform === 'win32')('keeps nothing where others can write, and reads nothing there', async () => {
    await run();
    await chmod(graphCache, 0o777);
    const [graph] = await graphs();
    await writeFile(join(graphCache, graph!), 'of somebody else');
    await run();
    expect(await readFile(join(graphCache, graph!), 'utf8')).toBe('of somebody else');
  });

  it('does without a place that is no folder', async () => {
    await writeFile(graphCache, 'a file');
    await run();
    expect(await readFile(graphCache, 'utf8')).toBe('a file');
  });

  it('is not taken from a spec', async () => {
    const load = createOnnxBackend().load({ model: toys.affine, backendOptions: { graphCache } });
    await expect(load).rejects.toMatchObject({ code: 'spec-invalid' });
  });
});
