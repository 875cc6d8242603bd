import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { loadModel, predictStream, readModelSpec } from '@qualm/pipeline';
import { bundleModel, bundleWorker } from '@qualm/spark';
import type { BundlePlatform } from '@qualm/spark';
import { outcomeOf } from '@qualm/testkit';
import type { ProcessOutcome } from '@qualm/testkit';
import type { WorkerAnswer } from '@qualm/types';
import * as vision from '@qualm/vision';
import { extract } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { qualmBin } from '../src/qualm.ts';
import { root, testData } from '../src/repository.ts';

const worker = join(root, 'packages/worker/bin/qualm-worker.js');
const data = testData();
const here = `${process.platform}-${process.arch}`;
const isLinux = here === 'linux-x64' || here === 'linux-arm64';
const other: BundlePlatform = here === 'linux-arm64' ? 'linux-x64' : 'linux-arm64';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'qualm-worker-it-'));
});
afterAll(() => rm(scratch, { recursive: true }));

/** Runs a program with nothing in its environment. */
async function runAlone(program: string, args: readonly string[], input = ''): Promise<ProcessOutcome> {
  const child = spawn(program, args, { cwd: scratch, env: {} });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return outcomeOf(child);
}

/** The model and so many photographs, beside each other. */
async function project(count: number): Promise<{ readonly spec: string; readonly images: readonly string[] }> {
  const folder = join(scratch, 'model');
  await mkdir(folder, { recursive: true });
  await copyFile(join(root, 'examples/models/ssd-fpnlite.json'), join(folder, 'ssd.json'));
  const file = 'ssd_mobilenet_v2_fpnlite_10_256_int8.onnx';
  await copyFile(join(data!, 'models', file), join(folder, file));
  const photos = join(data!, 'coco-val2017/images');
  const names = (await readdir(photos)).sort().slice(0, count);
  return { spec: join(folder, 'ssd.json'), images: names.map((name) => join(photos, name)) };
}

function linesOf(images: readonly string[]): string {
  return images.map((image, id) => `${JSON.stringify({ id: String(id), image })}\n`).join('');
}

function answersOf({ stdout }: ProcessOutcome): WorkerAnswer[] {
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as WorkerAnswer);
}

/** What the same model says of the same images in this process. */
async function predictedHere(spec: string, images: readonly string[]): Promise<unknown[]> {
  const backends = { onnx: createOnnxBackend({ device: 'cpu', sessions: 1 }) };
  const model = await loadModel(await readModelSpec(spec), { backends, vision });
  const rows: unknown[] = [];
  for await (const { size, detections } of predictStream(images, model))
    rows.push(JSON.parse(JSON.stringify({ ...size, detections })));
  await model.dispose();
  return rows;
}

const seen = ({ width, height, detections }: WorkerAnswer): object => ({ width, height, detections });

describe.skipIf(data === null)('qualm-worker and real photographs', () => {
  it('answers what the model says in process, bit for bit, from paths and from bytes', async () => {
    const { spec, images } = await project(30);
    const wanted = await predictedHere(spec, images);
    const byPath = await runAlone(process.execPath, [worker, '--model', spec], linesOf(images));
    expect(byPath.code).toBe(0);
    expect(answersOf(byPath).map(seen)).toEqual(wanted);
    const bytes = await Promise.all(images.map(async (image) => (await readFile(image)).toString('base64')));
    const lines = bytes.map((text, id) => `${JSON.stringify({ id: String(id), bytes: text })}\n`).join('');
    expect(answersOf(await runAlone(process.execPath, [worker, '--model', spec], lines)).map(seen)).toEqual(wanted);
  });

  it('gives images the numbers that qualm rank gives them', async () => {
    const { spec, images } = await project(30);
    const ranked = [
      ['margin', []],
      ['entropy', ['--aggregate', 'max']],
      ['label-entropy', ['--aggregate', 'top-mean:3']],
    ] as const;
    const measures = ['margin', 'entropy:max', 'label-entropy:top-mean:3'];
    const args = [worker, '--model', spec, ...measures.flatMap((name) => ['--measure', name])];
    const answers = answersOf(await runAlone(process.execPath, args, linesOf(images)));
    const predictions = join(scratch, 'predictions');
    await runAlone(process.execPath, [
      qualmBin,
      'predict',
      '--images',
      ...images,
      '--model',
      spec,
      '--out',
      predictions,
    ]);
    for (const [at, [strategy, more]] of ranked.entries()) {
      const out = join(scratch, `${strategy}.json`);
      const rank = ['rank', predictions, '--strategy', strategy, ...more, '--level', 'images', '--out', out];
      const { code, stderr } = await runAlone(process.execPath, [qualmBin, ...rank]);
      expect({ code, stderr }).toMatchObject({ code: 0 });
      const rows = JSON.parse(await readFile(out, 'utf8')) as Readonly<Record<string, string | number | null>>[];
      const numbers = rows.map((row) => [row['image_id'], numberOf(row)] as const);
      for (const [id, number] of numbers) {
        const answer = answers.find(({ image }) => image === id || image!.endsWith(`/${id}`))!;
        expect(answer.measures![measures[at]!]).toEqual(number);
      }
      expect(numbers).toHaveLength(30);
    }
  });
});

/** The number of a row of images, whatever its column is called; `box_margin` is its box's. */
function numberOf(row: Readonly<Record<string, string | number | null>>): number | null {
  const [, value] = Object.entries(row).find(([name]) => /^(?!box).*(uncertainty|entropy|margin)/i.test(name))!;
  return value as number | null;
}

describe.skipIf(!isLinux)('a bundle for this platform', () => {
  it('predicts with its own Node, and nothing of this machine', async () => {
    const bundle = await bundleWorker({ platform: here as BundlePlatform, out: scratch, packages: root });
    await extract({ file: bundle.path, cwd: scratch });
    const folder = join(scratch, bundle.name);
    const [node, entry] = [join(folder, 'bin/node'), join(folder, 'worker.mjs')];
    const said = await runAlone(node, [entry, '--fingerprint']);
    expect(JSON.parse(said.stdout)).toMatchObject({ v: 1, node: `v${bundle.node}`, platform: here });
    process.stdout.write(`bundle: ${(bundle.bytes / 1e6).toFixed(1)} MB\n`);
    expect(bundle.bytes).toBeLessThan(90e6);
    if (data === null) return;
    const { spec, images } = await project(5);
    const model = await bundleModel(await readModelSpec(spec), { out: scratch });
    await extract({ file: model.path, cwd: scratch });
    const args = [entry, '--model', join(scratch, model.name), '--hash', model.hash];
    const outcome = await runAlone(node, args, linesOf(images));
    expect({ code: outcome.code, stderr: outcome.stderr }).toEqual({ code: 0, stderr: '' });
    expect(answersOf(outcome).map(seen)).toEqual(await predictedHere(spec, images));
  });
});

it('a bundle of another platform has that platform’s programs, and says so here', async () => {
  const { path, name, platform } = await bundleWorker({ platform: other, out: scratch, packages: root });
  await extract({ file: path, cwd: scratch });
  const folder = join(scratch, name);
  const machine = (await readFile(join(folder, 'bin/node'))).readUInt16LE(18);
  expect([platform, machine]).toEqual([other, other === 'linux-arm64' ? 0xb7 : 0x3e]);
  expect(existsSync(join(folder, 'node_modules/@img', `sharp-${other}`))).toBe(true);
  expect(existsSync(join(folder, 'node_modules/@img', `sharp-${here}`))).toBe(false);
  const { code, stderr } = await runAlone(process.execPath, [join(folder, 'worker.mjs'), '--fingerprint']);
  expect(code).toBe(126);
  expect(stderr).toBe(
    `qualm-worker: this bundle is for ${other}, this machine is ${here}; make one with qualm bundle --platform ${here}\n`,
  );
});

it('a folder without packages, and one that is not built, are refused', async () => {
  const empty = join(scratch, 'empty');
  await mkdir(join(empty, 'packages/worker'), { recursive: true });
  const bundling = (): Promise<unknown> => bundleWorker({ platform: 'linux-x64', out: scratch, packages: empty });
  await expect(bundling()).rejects.toThrow('has no packages; expected archives of npm pack, or a checkout of qualm');
  await writeFile(join(empty, 'packages/worker/package.json'), '{}');
  await expect(bundling()).rejects.toThrow('is not built; run npm run build there');
});
