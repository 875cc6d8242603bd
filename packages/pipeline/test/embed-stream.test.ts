import { createTensor, Image } from '@qualm/types';
import type { TensorMap } from '@qualm/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVectorReader } from '../src/create-vector-reader.ts';
import { embedStream, type Embedding, type EmbedStreamOptions, type ImageModel, type Progress } from '../src/index.ts';
import { loadToy, solid, toyScores, writeToy } from './toy-model.ts';

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

describe('createVectorReader(name, pool, layout)', () => {
  const data = Float32Array.from({ length: 24 }, (_, i) => i);
  const read = (shape: number[], pool: 'mean' | 'max' | 'first', layout: 'nchw' | 'nhwc'): number[][] => {
    const outputs: TensorMap = { y: createTensor('float32', shape, data) };
    const geometries = Array.from({ length: shape[0]! }, () => ({}) as never);
    return createVectorReader('y', pool, layout)(outputs, geometries).map((vector) => [...vector]);
  };

  it('reads tokens, and maps of either layout', () => {
    expect(read([2, 4, 3], 'first', 'nchw')).toEqual([
      [0, 1, 2],
      [12, 13, 14],
    ]);
    expect(read([2, 4, 3], 'mean', 'nchw')[0]).toEqual([4.5, 5.5, 6.5]);
    expect(read([2, 2, 2, 3], 'max', 'nhwc')[1]).toEqual([21, 22, 23]);
    expect(read([2, 3, 2, 2], 'max', 'nchw')[1]).toEqual([15, 19, 23]);
    expect(() => read([24], 'mean', 'nchw')).toThrow('output "y" is [24]; expected');
  });
});
