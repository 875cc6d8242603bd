import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { fromFloat16, Image } from '@qualm/types';
import type { ModelSpec, Vision } from '@qualm/types';
import * as sources from '@qualm/vision';
import { beforeAll, describe, expect, it } from 'vitest';
import { roadOf } from '../src/image-road.ts';
import { embedStream, loadModel, predictStream } from '../src/index.ts';
import type { ImageModel } from '../src/index.ts';
import { builtVision } from './toy-model.ts';

const place = new URL('../fixtures/float16/', import.meta.url);
const python = JSON.parse(readFileSync(new URL('expected.json', place), 'utf8')) as Readonly<
  Record<'pixels' | 'images' | 'scores' | 'flat', readonly number[]>
>;
const spec: ModelSpec = {
  specVersion: 1,
  name: 'float16',
  flavor: 'onnx',
  files: { model: 'float16.onnx' },
  input: {
    size: { width: 16, height: 16 },
    layout: 'nchw',
    dtype: 'float16',
    channels: 'rgb',
    resize: { mode: 'stretch' },
    mean: [123.675, 116.28, 103.53],
    std: [58.395, 57.12, 57.375],
  },
  head: { type: 'classifier', outputs: { scores: 'scores' }, activation: 'none' },
  labels: Array.from({ length: 5 }, (_, id) => ({ id, name: `class ${id}` })),
};

let image: Image;
beforeAll(async () => {
  const raw = { width: 16, height: 16, channels: 3 } as const;
  image = Image.fromBytes(await sharp(Uint8Array.from(python.pixels), { raw }).png().toBuffer());
});

function load(vision: Vision, input: Partial<ModelSpec['input']> = {}): Promise<ImageModel<'class_scores'>> {
  const backends = { onnx: createOnnxBackend({ device: 'cpu', sessions: 1, threads: 1 }) };
  const own = { ...spec, input: { ...spec.input, ...input } };
  return loadModel({ spec: own, root: fileURLToPath(place) }, { backends, vision });
}

/** The nearest float16 may be the next one where another processor adds in another order. */
function expectNear(came: ArrayLike<number>, wanted: readonly number[]): void {
  expect(came.length).toBe(wanted.length);
  for (const [at, value] of wanted.entries()) expect(Math.abs(came[at]! - value)).toBeLessThanOrEqual(2 ** -10 * value);
}

describe('a model of float16', () => {
  it('gets its input as NumPy makes it, bit by bit', async () => {
    const preprocessor = sources.createPreprocessor(spec.input, { threads: 0 });
    const batch = preprocessor.allocate(1);
    await preprocessor.fill(image, batch, 0);
    expect([...(batch.data as Uint16Array)]).toEqual(python.images);
  });

  it.each([
    ['in the thread of its session', builtVision, true],
    ['on the calling thread', async () => sources as Vision, false],
  ])("gives the scores of Python's onnxruntime, read %s", async (_, vision, isInside) => {
    const model = await load(await vision());
    expect(roadOf(model) !== null).toBe(isInside);
    for await (const { detections, error } of predictStream([image, image], model)) {
      expect(error).toBeNull();
      const { label_ids: ids, scores } = detections!.at(0)!;
      expectNear(
        Array.from(python.scores, (_, id) => scores[ids.indexOf(id)]!),
        python.scores,
      );
    }
    await model.dispose();
  });

  it('gives embeddings of float32', async () => {
    const model = await load(sources);
    for await (const { embedding } of embedStream([image], model, { output: 'flat' })) {
      expect(embedding).toBeInstanceOf(Float32Array);
      expectNear(embedding!, python.flat);
    }
    await model.dispose();
  });

  it('gives its outputs to others as they are', async () => {
    const model = await load(sources);
    const batch = model.preprocessor.allocate(1);
    expect(batch.data.buffer).toBeInstanceOf(SharedArrayBuffer);
    await model.preprocessor.fill(image, batch, 0);
    const { scores } = await model.run({ images: batch });
    expect(scores!.dtype).toBe('float16');
    expectNear(fromFloat16(scores!.data as Uint16Array), python.scores);
    await model.dispose();
  });

  it('is refused where the spec says float32, with both', async () => {
    await expect(load(sources, { dtype: 'float32' })).rejects.toThrow(
      /input is float32 .*the model has input "images" float16 \[\*,3,16,16\]; make the spec say what the model has/,
    );
  });

  it('is refused where its numbers would be infinite', async () => {
    await expect(load(sources, { std: [0.001, 57.12, 57.375] })).rejects.toThrow(
      'input: with mean 123.675 and std 0.001 values pass 65504, the most that float16 can hold; check mean and std',
    );
  });
});
