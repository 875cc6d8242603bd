import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { Image, QualmError } from '@qualm/types';
import type { Prediction, Vision } from '@qualm/types';
import * as sources from '@qualm/vision';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roadOf, setRoad } from '../src/image-road.ts';
import { predictStream, type ImageModel, type PredictStreamOptions } from '../src/index.ts';
import { builtVision, loadToy, solid, writeToy } from './toy-model.ts';

const broken = Image.fromBytes(new TextEncoder().encode('no image'));
let inside: ImageModel<'class_scores'>;
let outside: ImageModel<'class_scores'>;
let images: Image[];

beforeAll(async () => {
  const toy = await writeToy();
  const vision = await builtVision();
  [inside, outside] = await Promise.all([loadToy(toy, { vision }), loadToy(toy)]);
  images = Array.from({ length: 12 }, (_, i) => solid(20 * i, 255 - 20 * i, 7 * i));
});
afterAll(() => Promise.all([inside.dispose(), outside.dispose()]));

async function rowsOf(
  model: ImageModel,
  input: Parameters<typeof predictStream>[0],
  options: PredictStreamOptions = {},
): Promise<Prediction[]> {
  const rows: Prediction[] = [];
  for await (const row of predictStream(input, model, options)) rows.push(row);
  return rows;
}

describe('images that go all the way in the thread of a session', () => {
  it('do so with the built package and a backend on CPU, not with functions that threads cannot import', async () => {
    const vision = await builtVision();
    const wrapped = { ...vision, createPreprocessor: sources.createPreprocessor };
    const toy = await writeToy();
    const models = await Promise.all([loadToy(toy, { vision: wrapped }), loadToy(toy, { vision: { ...vision } })]);
    expect([inside, outside, ...models].map((model) => roadOf(model) !== null)).toEqual([true, false, false, true]);
    await Promise.all(models.map((model) => model.dispose()));
  });

  it('take the part from where `imagePart` says', async () => {
    const own = new URL('../dist/image-part.js', import.meta.url);
    const toy = await writeToy();
    const moved = join(toy.root, 'a b#c.mjs');
    const mark = join(toy.root, 'mark');
    const marking = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(mark)}, 'ran');`;
    await writeFile(moved, `${marking} await import(${JSON.stringify(own.href)});`);
    const model = await loadToy(toy, { vision: await builtVision(), imagePart: moved });
    expect(await readFile(mark, 'utf8')).toBe('ran');
    expect(await rowsOf(model, images)).toEqual(await rowsOf(outside, images));
    await model.dispose();
  });

  it.each([
    [{ module: 'file:///not-here/vision.mjs' }, {}, 'the module of `vision` is not at "file:///not-here/vision.mjs"'],
    [{}, { imagePart: '/not-here/part.mjs' }, 'image-part.js is not at "file:///not-here/part.mjs"'],
  ])('need their modules: without them loadModel throws', async (other, options, message) => {
    const { createPreprocessor, createHead, module } = await builtVision();
    const vision: Vision = { createPreprocessor, createHead, ...(module && { module }), ...other };
    await expect(loadToy(await writeToy(), { vision, ...options })).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringMatching(/^loadModel: .* without `module`, or leave @qualm/) as string,
    });
    await expect(loadToy(await writeToy(), { vision, ...options })).rejects.toThrow(message);
  });

  it.each([1, 2, 5, 100])('give the rows that they give outside, in batches of %i', async (batchSize) => {
    const record = { image_id: 'known', image: images[0]!, error: { code: 'path-outside', message: 'no' } } as const;
    const input = [...images.slice(0, 5), broken, '/nowhere/a.jpg', record, ...images.slice(5)];
    const rows = await rowsOf(inside, input, { batchSize });
    expect(rows).toEqual(await rowsOf(outside, input, { batchSize }));
    expect(rows.map(({ error }) => error?.code)).toEqual([
      ...Array.from({ length: 5 }, () => undefined),
      'image-invalid',
      'image-missing',
      'path-outside',
      ...Array.from({ length: 7 }, () => undefined),
    ]);
    expect(rows[0]!.detections!.at(0)!.box.width).toBe(20);
  });

  it('give plain detections as well', async () => {
    const model = await loadToy(await writeToy(), { vision: await builtVision(), form: 'detections', minScore: 0 });
    const [row] = await rowsOf(model, images);
    expect(row!.detections).toMatchObject({ form: 'detections', length: 1 });
    await model.dispose();
  });

  it('leave the images of the caller whole', async () => {
    const length = images[0]!.bytes!.length;
    await rowsOf(inside, images);
    expect(images[0]!.bytes!.length).toBe(length);
  });

  it('an abort is thrown at once, and the next run is right', async () => {
    const abort = new AbortController();
    const rows = rowsOf(inside, images, { signal: abort.signal });
    abort.abort(new Error('stop'));
    await expect(rows).rejects.toSatisfy((error) => QualmError.is(error, 'aborted'));
    expect((await rowsOf(inside, images)).length).toBe(images.length);
  });

  it.each([
    ['predict-failed', 'predict-failed'],
    ['backend-unavailable', null],
  ] as const)('a run that throws %s', async (code, wanted) => {
    const failing: ImageModel = { ...inside, run: (inputs, options) => inside.run(inputs, options) };
    setRoad(failing, () => Promise.reject(new QualmError(code, 'gone')));
    if (wanted === null) await expect(rowsOf(failing, images)).rejects.toMatchObject({ code });
    else expect((await rowsOf(failing, images)).map(({ error }) => error?.code)).toEqual(images.map(() => wanted));
  });

  it('and so do those of a copy, unless its run, preprocessor or head is another', () => {
    const others: Partial<ImageModel>[] = [{ run: outside.run }, { head: outside.head }];
    const copies = [{}, { device: 'elsewhere' }, ...others, { preprocessor: outside.preprocessor }];
    const isInside = copies.map((other) => roadOf({ ...inside, ...other }) !== null);
    expect(isInside).toEqual([true, true, false, false, false]);
  });

  it('a custom backend that plans no sessions keeps them outside', async () => {
    const { name, load } = createOnnxBackend({ device: 'cpu', sessions: 1, threads: 1 });
    const backends = { onnx: { name, load } };
    const model = await loadToy(await writeToy(), { vision: await builtVision(), backends });
    expect(roadOf(model)).toBeNull();
    expect(await rowsOf(model, images)).toEqual(await rowsOf(outside, images));
    await model.dispose();
  });

  it('sessions of several threads keep them outside, and run tensors in the same threads', async () => {
    const backends = { onnx: createOnnxBackend({ device: 'cpu', sessions: 1, threads: 2 }) };
    const model = await loadToy(await writeToy(), { vision: await builtVision(), backends });
    expect([roadOf(model), model.concurrency]).toEqual([null, 1]);
    expect(await rowsOf(model, images)).toEqual(await rowsOf(outside, images));
    await model.dispose();
  });

  it('without the file of the backend in a bundle, loadModel says which option names it', async () => {
    const backends = { onnx: createOnnxBackend({ worker: '/not-here/worker.mjs' }) };
    const loading = loadToy(await writeToy(), { vision: await builtVision(), backends });
    await expect(loading).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringMatching(/not-here\/worker\.mjs.*createOnnxBackend\(\{ worker \}\)/) as string,
    });
  });
});
