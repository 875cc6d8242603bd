import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { Image } from '@qualm/types';
import type { Embedding, ResolvedModel } from '@qualm/types';
import * as sources from '@qualm/vision';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roadOf } from '../src/image-road.ts';
import { embedStream, embedTo, loadEmbedder, loadModel, predictStream, readModelSpec } from '../src/index.ts';
import type { Embedder, EmbedStreamOptions, ImageModel, Progress } from '../src/index.ts';
import { builtVision, loadToy, solid, toyScores, writeToy } from './toy-model.ts';

let model: ImageModel;

beforeAll(async () => {
  model = await loadToy(await writeToy());
});
afterAll(() => model.dispose());

async function rowsOf(images: readonly Image[], options: EmbedStreamOptions): Promise<Embedding[]> {
  const rows: Embedding[] = [];
  for await (const row of embedStream(images, model, options)) rows.push(row);
  return rows;
}

describe('embedStream(images, model, { output })', () => {
  const output = 'scores';

  it('gives each image its vector, or its error, in order', async () => {
    const progress: Progress[] = [];
    const images = [solid(255, 0, 0), Image.fromBytes(Uint8Array.of(1, 2)), solid(0, 255, 0, 6, 4)];
    const rows = await rowsOf(images, { output, total: 3, onProgress: (at) => progress.push(at) });
    expect(rows.map(({ index, image_id }) => [index, image_id])).toEqual([0, 1, 2].map((at) => [at, at]));
    toyScores(255, 0, 0).forEach((score, at) => expect(rows[0]!.embedding![at]).toBeCloseTo(score, 5));
    expect(rows[1]).toMatchObject({ size: null, embedding: null, error: { code: 'image-invalid' } });
    expect(rows[2]).toMatchObject({ size: { width: 6, height: 4 }, error: null });
    expect(progress.at(-1)).toEqual({ done: 3, failed: 1, total: 3 });
  });

  it('says what cannot be had before the first image', async () => {
    await expect(rowsOf([], { output: 'features' })).rejects.toThrow(/"features"/);
  });
});

describe('loadEmbedder(resolved, options)', () => {
  const backends = { onnx: createOnnxBackend({ device: 'cpu', sessions: 2, threads: 1 }) };
  const images = Array.from({ length: 12 }, (_, i) => solid(20 * i, 255 - 20 * i, 7 * i));

  /** The toy as an encoder, whose spec has no labels. */
  async function encoder(head: object = {}): Promise<ResolvedModel> {
    const { spec, root } = await writeToy();
    const { labels: _labels, scoreKind: _kind, ...rest } = spec;
    const own = { ...rest, head: { type: 'embedding', outputs: { embedding: 'scores' }, ...head } };
    const path = join(root, 'encoder.json');
    await writeFile(path, JSON.stringify(own));
    return readModelSpec(path, { heads: sources.heads });
  }

  async function vectorsOf(embedder: Embedder): Promise<(Float32Array | null)[]> {
    const vectors: (Float32Array | null)[] = [];
    for await (const { embedding } of embedStream(images, embedder, { batchSize: 5 })) vectors.push(embedding);
    return vectors;
  }

  it('gives vectors in the threads of its sessions, the same as outside of them', async () => {
    const resolved = await encoder();
    const inside = await loadEmbedder(resolved, { backends, vision: await builtVision() });
    const outside = await loadEmbedder(resolved, { backends, vision: sources });
    expect([inside, outside].map((one) => roadOf(one) !== null)).toEqual([true, false]);
    expect([inside.form, inside.dimensions, inside.spec.labels]).toEqual(['embedding', 3, []]);
    const vectors = await vectorsOf(inside);
    expect(vectors).toEqual(await vectorsOf(outside));
    vectors.forEach((vector, i) => {
      toyScores(20 * i, 255 - 20 * i, 7 * i).forEach((score, at) => expect(vector![at]).toBeCloseTo(score, 5));
    });
    await Promise.all([inside.dispose(), outside.dispose()]);
  });

  it('takes any output of any model', async () => {
    const embedder = await loadEmbedder(await writeToy(), { backends, vision: sources, output: 'scores' });
    const rows = [];
    for await (const row of embedStream(images, embedder)) rows.push(row.embedding);
    const same = await rowsOf(images, { output: 'scores' });
    expect(rows).toEqual(same.map(({ embedding }) => embedding));
    await embedder.dispose();
  });

  it('embedTo stores a row for each image, broken ones too', async () => {
    const embedder = await loadEmbedder(await encoder(), { backends, vision: sources });
    const rows: Embedding[] = [];
    const source = Object.assign(
      [images[0]!, Image.fromBytes(Uint8Array.of(1, 2)), images[1]!].map((image, at) => ({ image_id: at, image })),
      { fingerprint: 'three' },
    );
    const sink = {
      stored: 0,
      write: (row: Embedding) => Promise.resolve(void rows.push(row)),
      close: () => Promise.resolve(),
      abort: () => Promise.resolve(),
    };
    expect(await embedTo(source, embedder, sink)).toMatchObject({ done: 3, failed: 1, skipped: 0 });
    expect(rows.map(({ embedding, error }) => [embedding?.length ?? null, error?.code ?? null])).toEqual([
      [3, null],
      [null, 'image-invalid'],
      [3, null],
    ]);
    await embedder.dispose();
  });

  it('embedTo refuses a model of class scores, whose rows are no vectors', async () => {
    const model = await loadModel(await writeToy(), { backends, vision: sources });
    const source = Object.assign([], { fingerprint: 'none' });
    const sink = {
      stored: 0,
      write: () => Promise.resolve(),
      close: () => Promise.resolve(),
      abort: () => Promise.resolve(),
    };
    const wanted =
      /embedTo: form of its embedder is "class_scores"; expected 'embedding', as of what loadEmbedder gives/;
    await expect(embedTo(source, model as unknown as Embedder, sink)).rejects.toThrow(wanted);
    await model.dispose();
  });

  it.each<[string, () => Promise<ResolvedModel>, object, string]>([
    ['a head of classes', () => writeToy(), {}, 'head classifier gives boxes or class scores, expected one that makes'],
    [
      'an output that is not there',
      () => writeToy(),
      { output: 'x' },
      'loadEmbedder: spec "mean-colour": head.outputs needs "x"',
    ],
    [
      'a vision without vectors',
      () => encoder(),
      { vision: { ...sources, createVectorHead: undefined } },
      'its vision has no createVectorHead',
    ],
  ])('refuses %s', async (_, resolved, options, message) => {
    await expect(loadEmbedder(await resolved(), { backends, vision: sources, ...options })).rejects.toThrow(message);
  });

  it('is asked for where loadModel meets an encoder', async () => {
    await expect(loadModel(await encoder(), { backends, vision: sources })).rejects.toMatchObject({
      code: 'spec-invalid',
      message: expect.stringContaining('head embedding makes vectors') as string,
    });
  });

  it('is refused where boxes are wanted', async () => {
    const embedder = await loadEmbedder(await encoder(), { backends, vision: sources });
    expect(() => predictStream(images, embedder as never)).toThrow('predictStream: form of its model is "embedding"');
    await embedder.dispose();
  });

  it('knows its output already', async () => {
    const embedder = await loadEmbedder(await encoder(), { backends, vision: sources });
    expect(() => embedStream(images, embedder, { output: 'scores' } as never)).toThrow('say it to loadEmbedder');
    await embedder.dispose();
  });
});
