import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Image } from '@qualm/types';
import type { InputSpec } from '@qualm/types';
import { expect, it } from 'vitest';
import { createPreprocessor, resizeImage } from '../src/index.ts';
import { blackPng, temporaryFolder } from './files.ts';

const input: InputSpec = {
  size: { width: 2, height: 2 },
  layout: 'nhwc',
  dtype: 'uint8',
  channels: 'rgb',
  resize: { mode: 'stretch' },
};
const folder = join(temporaryFolder(), 'a b#c');
const dist = (name: string): URL => new URL(`../dist/${name}`, import.meta.url);
const image = Image.fromBytes(blackPng(4, 4));

it.each(['path', 'URL', 'text of a URL'])('createPreprocessor(input, { worker, wasm }) takes a %s', async (form) => {
  await mkdir(folder, { recursive: true });
  const [worker, wasm] = [join(folder, 'thread.mjs'), join(folder, 'moved.wasm')];
  await copyFile(dist('pixels.wasm'), wasm);
  await writeFile(worker, `import ${JSON.stringify(dist('worker.js').href)};`);
  const place = (path: string): URL | string => {
    if (form === 'path') return path;
    return form === 'URL' ? pathToFileURL(path) : pathToFileURL(path).href;
  };
  const preprocessor = createPreprocessor(input, { threads: 1, worker: place(worker), wasm: place(wasm) });
  const batch = preprocessor.allocate(1);
  (batch.data as Uint8Array).fill(7);
  await preprocessor.fill(image, batch, 0);
  expect([...(batch.data as Uint8Array)]).toEqual(new Array(12).fill(0));
  await preprocessor.dispose!();
  expect((await resizeImage(image, { width: 2, height: 2 }, { wasm: place(wasm) })).bytes).not.toBeNull();
});

it.each([
  [
    { worker: '/not-here/a.mjs' },
    /^createPreprocessor: the file of its worker threads is not at "\/not-here\/a\.mjs";/,
  ],
  [{ wasm: '/not-here/a.wasm' }, /^createPreprocessor: pixels\.wasm is not at "\/not-here\/a\.wasm";/],
])('createPreprocessor(input, %j) throws before the first image', (files, message) => {
  expect(() => createPreprocessor(input, files)).toThrow(
    expect.objectContaining({
      code: 'backend-unavailable',
      message: expect.stringMatching(message) as string,
    }) as Error,
  );
});

it('createPreprocessor(input, { threads: 0 }) needs no file of a thread', () => {
  expect(() => createPreprocessor(input, { threads: 0, worker: '/not-here/a.mjs' })).not.toThrow();
});

it('resizeImage(image, size, { wasm }) says that the file is not there, and which option names it', async () => {
  const resizing = resizeImage(image, { width: 2, height: 2 }, { wasm: '/not-here/a.wasm' });
  await expect(resizing).rejects.toThrow(/pixels\.wasm is not at "\/not-here\/a\.wasm";.*the option `wasm`/);
});
