import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { embeddingMatrix, nearDuplicates } from '@qualm/strategies';
import { encodeOnnxModel } from '@qualm/testkit';
import { createTensor, Image } from '@qualm/types';
import type { Column, TensorMap } from '@qualm/types';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVectorReader } from '../src/create-vector-reader.ts';
import { embed } from '../src/embed.ts';
import type { ImageModel } from '../src/index.ts';
import { tableOfColumns } from '../src/table-of-columns.ts';
import { loadToy, solid, writeToy } from './toy-model.ts';

let model: ImageModel;

/** The toy, whose file has more outputs than its head reads: the image itself, its mean, and a number. */
beforeAll(async () => {
  const { spec, root } = await writeToy();
  const file = encodeOnnxModel({
    name: 'mean-colour',
    opset: 17,
    inputs: [{ name: 'x', dtype: 'float32', shape: [null, 3, 8, 8] }],
    outputs: [
      { name: 'scores', dtype: 'float32', shape: [null, 3] },
      { name: 'map', dtype: 'float32', shape: [null, 3, 8, 8] },
      { name: 'flat', dtype: 'float32', shape: [null, 3] },
      { name: 'bytes', dtype: 'uint8', shape: [null, 3] },
    ],
    nodes: [
      { op: 'Identity', inputs: ['x'], outputs: ['map'] },
      { op: 'GlobalAveragePool', inputs: ['x'], outputs: ['mean'] },
      { op: 'Flatten', inputs: ['mean'], outputs: ['flat'] },
      { op: 'Softmax', inputs: ['flat'], outputs: ['scores'] },
      { op: 'Cast', inputs: ['flat'], outputs: ['bytes'], attributes: { to: { int: 2 } } },
    ],
  });
  await writeFile(join(root, spec.files.model), file);
  model = await loadToy({ spec, root });
});

afterAll(() => model.dispose());

/** Red on the left, blue on the right. */
async function halves(): Promise<Image> {
  const left = { create: { width: 8, height: 16, channels: 3, background: 'red' } } as const;
  const picture = sharp({ create: { width: 16, height: 16, channels: 3, background: 'blue' } });
  return Image.fromBytes(
    await picture
      .composite([{ input: left, left: 0, top: 0 }])
      .png()
      .toBuffer(),
  );
}

async function vectorsOf(images: readonly Image[], options: Parameters<typeof embed>[2]): Promise<(number[] | null)[]> {
  const table = await embed(tableOfColumns({ image: images }), model, options);
  const column = table.column('embedding') as unknown as Column<Float32Array | null>;
  return Array.from(column, (vector) => vector && [...vector]);
}

describe('embed(table, model, { output })', () => {
  it.each(['flat', 'map'])('takes the output %s, one of [n, d] as it is and a map pooled', async (output) => {
    const images = [await solid(255, 0, 0), await solid(0, 51, 255), await halves()];
    const [red, blue, both] = await vectorsOf(images, { output });
    expect(red).toEqual([1, 0, 0]);
    expect(blue![1]).toBeCloseTo(0.2, 6);
    expect([both![0], both![2]]).toEqual([0.5, 0.5]);
  });

  it.each([
    ['mean', [0.5, 0, 0.5]],
    ['max', [1, 0, 1]],
    ['first', [1, 0, 0]],
  ] as const)('pools a map by its %s', async (pool, wanted) => {
    expect(await vectorsOf([await halves()], { output: 'map', pool })).toEqual([wanted]);
  });

  it('keeps all numbers of a map where nothing is pooled', async () => {
    const [vector] = await vectorsOf([await solid(255, 0, 0)], { output: 'map', pool: 'none' });
    expect(vector).toEqual([...Array<number>(64).fill(1), ...Array<number>(128).fill(0)]);
  });

  it('gives a broken image no vector, which the strategies leave out', async () => {
    const image = [await solid(255, 0, 0), Image.fromBytes(Uint8Array.of(1, 2, 3)), await solid(255, 0, 0)];
    const table = await embed(tableOfColumns({ image }), model, { output: 'flat', batchSize: 2 });
    expect(table.get('error', 1)).toMatchObject({ code: 'image-invalid' });
    const embeddings = embeddingMatrix(table.column('embedding') as unknown as Column<Float32Array | null>);
    expect(embeddings.leftOut).toEqual([{ row: 1, reason: 'no vector' }]);
    expect(nearDuplicates(embeddings, { maxDistance: 0.01 }).map((group) => [...group])).toEqual([[0, 2]]);
  });

  it('says what cannot be had, once', async () => {
    const table = tableOfColumns({ image: [await solid(1, 2, 3)] });
    await expect(embed(table, model, { output: 'features' })).rejects.toThrow(/"features"/);
    await expect(embed(table, model, { output: 'bytes' })).rejects.toThrow('output "bytes" is uint8; wanted float32');
    await expect(embed(tableOfColumns({ path: [1] }), model, { output: 'flat' })).rejects.toThrow('no column "image"');
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
    expect(() => read([24], 'mean', 'nchw')).toThrow('output "y" is [24]; wanted');
  });
});
