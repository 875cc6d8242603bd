import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageModel } from '@qualm/pipeline';
import { embeddingMatrix, nearDuplicates } from '@qualm/strategies';
import { encodeOnnxModel } from '@qualm/testkit';
import { Image } from '@qualm/types';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conform } from '../src/conform.ts';
import { embed } from '../src/embed.ts';
import { tableOfColumns } from '../src/table-of-columns.ts';
import { loadToy, solid, writeToy } from './toy-model.ts';

let model: ImageModel;

/** The toy, whose file has more outputs than its head reads: the image itself, its mean, and a
 * number.
 */
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
  const column = conform(table, { embedding: 'float32[]?' }).column('embedding');
  return Array.from(column, (vector) => vector && [...vector]);
}

describe('embed(table, model, { output })', () => {
  it.each(['flat', 'map'])('takes the output %s, one of [n, d] as it is and a map pooled', async (output) => {
    const images = [solid(255, 0, 0), solid(0, 51, 255), await halves()];
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
    const [vector] = await vectorsOf([solid(255, 0, 0)], { output: 'map', pool: 'none' });
    expect(vector).toEqual([...Array<number>(64).fill(1), ...Array<number>(128).fill(0)]);
  });

  it('gives a broken image no vector, which the strategies leave out', async () => {
    const image = [solid(255, 0, 0), Image.fromBytes(Uint8Array.of(1, 2, 3)), solid(255, 0, 0)];
    const table = await embed(tableOfColumns({ image }), model, { output: 'flat', batchSize: 2 });
    expect(table.get('error', 1)).toMatchObject({ code: 'image-invalid' });
    const embeddings = embeddingMatrix(conform(table, { embedding: 'float32[]?' }).column('embedding'));
    expect(embeddings.leftOut).toEqual([{ row: 1, reason: 'no vector' }]);
    expect(nearDuplicates(embeddings, { maxDistance: 0.01 }).map((group) => [...group])).toEqual([[0, 2]]);
  });

  it('says what cannot be had, once', async () => {
    const table = tableOfColumns({ image: [solid(1, 2, 3)] });
    await expect(embed(table, model, { output: 'features' })).rejects.toThrow(/"features"/);
    await expect(embed(table, model, { output: 'bytes' })).rejects.toThrow('output "bytes" is uint8, expected float32');
    await expect(embed(tableOfColumns({ path: [1] }), model, { output: 'flat' })).rejects.toThrow('no column "image"');
  });
});
