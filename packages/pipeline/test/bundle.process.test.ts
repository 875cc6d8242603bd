import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readPredictions } from '@qualm/datasets';
import { writeMeanColour } from '@qualm/testkit';
import type { ScoredBox } from '@qualm/types';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toyScores } from './toy-model.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'docs/install.md'), 'utf8');
const [visionCode, appCode] = [...page.matchAll(/^```js\n(.*?)^```/gms)].map(([, code]) => code!);
const command = /^```sh\n(esbuild app\.mjs vision\.mjs.*?)^```/ms.exec(page)![1]!;
const plainCode = appCode!
  .replace("'./vision.mjs'", "'@qualm/vision'")
  .replace(/\{ worker: beside[^}]*\}/, '')
  .replace(', imagePart', '')
  .replace(', worker }', ' }');
const telling =
  "import { isMainThread } from 'node:worker_threads'; if (!isMainThread) console.log('vision in a thread');\n";
const colours = [
  [255, 0, 0],
  [0, 200, 100],
  [30, 60, 255],
] as const;
/** Sources lie where the packages are found; what is built runs elsewhere. */
let sources: string;
let elsewhere: string;

beforeAll(async () => {
  const dist = join(import.meta.dirname, '../dist');
  await mkdir(dist, { recursive: true });
  sources = await mkdtemp(join(dist, 'bundle-'));
  elsewhere = await mkdtemp(join(tmpdir(), 'qualm-bundle-'));
  await writeFile(join(sources, 'vision.mjs'), `${telling}${visionCode!}`);
  await writeFile(join(sources, 'app.mjs'), appCode!);
  await writeFile(join(sources, 'plain.mjs'), plainCode);
});
afterAll(async () => {
  await rm(sources, { recursive: true, force: true });
  await rm(elsewhere, { recursive: true, force: true });
});

/** What `esbuild` makes, alone in a new folder with a model, three photographs and the two native
 * packages.
 */
async function bundled(line: string): Promise<string> {
  const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}` };
  await rm(join(sources, 'out'), { recursive: true, force: true });
  await run('sh', ['-c', line], { cwd: sources, env });
  const folder = await mkdtemp(join(elsewhere, 'run-'));
  await cp(join(sources, 'out'), join(folder, 'out'), { recursive: true });
  for (const name of ['node_modules', 'photographs']) await mkdir(join(folder, name));
  for (const name of ['onnxruntime-node', 'sharp']) {
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'junction');
  }
  await writeMeanColour(join(folder, 'model'));
  for (const [index, [r, g, b]] of colours.entries()) {
    const plain = sharp({ create: { width: 64, height: 48, channels: 3, background: { r, g, b } } });
    await plain.jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toFile(join(folder, 'photographs', `${index}.jpg`));
  }
  return folder;
}

async function expectPredictions(folder: string): Promise<void> {
  const { detections, error } = (await readPredictions(join(folder, 'predictions'))).columns;
  for (const [index, [r, g, b]] of colours.entries()) {
    expect(error.at(index)).toBeNull();
    const { scores, label_ids: ids } = detections.at(index)!.at(0) as ScoredBox;
    const wanted = toyScores(r, g, b);
    for (const [place, id] of ids.entries()) expect(scores[place]).toBeCloseTo(wanted[id - 1]!, 2);
  }
}

describe('the program of docs/install.md, bundled by its command, without the packages of qualm', () => {
  it('loads a model, predicts in its threads and writes Parquet', async () => {
    const folder = await bundled(command);
    expect(await readdir(join(folder, 'node_modules'))).toEqual(['onnxruntime-node', 'sharp']);
    const { stdout } = await run(process.execPath, ['out/app.mjs'], { cwd: folder });
    expect(stdout).toMatch(/done: 3,\s+failed: 0/);
    expect(stdout).toContain('vision in a thread');
    await expectPredictions(folder);
  });

  it('does so without --splitting, and decodes in threads of their own', async () => {
    const folder = await bundled(command.replace('--splitting ', ''));
    const { stdout } = await run(process.execPath, ['out/app.mjs'], { cwd: folder });
    expect(stdout).toMatch(/done: 3,\s+failed: 0/);
    expect(stdout).not.toContain('vision in a thread');
    await expectPredictions(folder);
  });
});

it('a bundle that names no places says which file is not there, and what to do, before it writes anything', async () => {
  const natives = '--external:onnxruntime-node --external:sharp';
  const folder = await bundled(
    `esbuild plain.mjs --bundle --platform=node --format=esm ${natives} --outfile=out/app.mjs`,
  );
  const failed = await run(process.execPath, ['out/app.mjs'], { cwd: folder }).catch(
    (error: { stderr: string }) => error,
  );
  expect(failed.stderr).toMatch(
    /QualmError: createPreprocessor: the file of its worker threads is not at "file:.*dist\/worker\.js"; .* name its place with the option `worker`, or leave @qualm\/\* out of the bundle .*; see docs\/install\.md/,
  );
  expect(existsSync(join(folder, 'predictions'))).toBe(false);
});
