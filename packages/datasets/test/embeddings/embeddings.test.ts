import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tableFromIPC } from '@uwdata/flechette';
import { describe, expect, it } from 'vitest';
import { Image } from '@qualm/types';
import type { Embedding } from '@qualm/types';
import { createEmbeddingsSink } from '../../src/embeddings/create-embeddings-sink.ts';
import { readEmbeddings } from '../../src/embeddings/read-embeddings.ts';
import { readParquet } from '../../src/tables/read-parquet.ts';
import { writeParquet } from '../../src/tables/write-parquet.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const dimensions = 3;

/** Every third image is broken. */
function row(index: number): Embedding {
  const image = Image.fromUri(`file:///photos/${index}.jpg`);
  const shared = { index, image_id: `${index}.jpg`, image };
  if (index % 3 === 2)
    return { ...shared, size: null, embedding: null, error: { code: 'image-invalid', message: 'torn' } };
  const embedding = Float32Array.of(index, index / 7, -1);
  return { ...shared, size: { width: 4, height: 3 }, embedding, error: null };
}

const rows = Array.from({ length: 10 }, (_, index) => row(index));

async function written(name: string, all: readonly Embedding[] = rows): Promise<string> {
  const path = join(await temporaryFolder(), name);
  const sink = createEmbeddingsSink(path, { dimensions });
  for (const one of all) await sink.write(one);
  await sink.close();
  return path;
}

describe('createEmbeddingsSink(path, { dimensions })', () => {
  it('.parquet has a row for each image, and readEmbeddings gives the vectors back', async () => {
    const path = await written('a.parquet');
    const { columns } = await readParquet(path);
    expect(Object.keys(columns)).toEqual(['image_id', 'image', 'embedding', 'error']);
    expect(columns['image']).toEqual(rows.map(({ image }) => image.uri));
    expect(columns['error']).toEqual(rows.map(({ error }) => error));
    const stored = await readEmbeddings(path);
    expect([stored.dimensions, stored.size, stored.without]).toEqual([3, 7, ['2.jpg', '5.jpg', '8.jpg']]);
    for (const { image_id, embedding } of rows) expect(stored.get(image_id)).toEqual(embedding);
    expect(stored.get('nowhere')).toBe(null);
  });

  it('.arrow has the same rows', async () => {
    const table = tableFromIPC(await readFile(await written('a.arrow'))).toArray();
    expect(table.map(({ embedding }) => embedding && Float32Array.from(embedding as number[]))).toEqual(
      rows.map(({ embedding }) => embedding),
    );
  });

  it('gives the same bytes for the same rows, and leaves one file', async () => {
    for (const name of ['a.parquet', 'a.arrow', 'a.npz']) {
      const [first, second] = [await written(name), await written(name)];
      expect((await readFile(first)).equals(await readFile(second))).toBe(true);
      expect(await readdir(join(first, '..'))).toEqual([name]);
    }
  });

  it('a file of no image, and of one without a vector, can be read', async () => {
    const none = await readEmbeddings(await written('a.parquet', []));
    expect([none.dimensions, none.size]).toEqual([0, 0]);
    const broken = await readEmbeddings(await written('a.parquet', [row(2)]));
    expect([broken.size, broken.without]).toEqual([0, ['2.jpg']]);
  });

  it('refuses a vector of another length, and leaves nothing once it is given up', async () => {
    const path = join(await temporaryFolder(), 'a.parquet');
    const sink = createEmbeddingsSink(path, { dimensions: 2 });
    await expect(sink.write(rows[0]!)).rejects.toThrow('image "0.jpg" has 3 numbers, expected 2');
    await sink.abort();
    expect(await readdir(join(path, '..'))).toEqual([]);
    expect(() => createEmbeddingsSink('a.csv', { dimensions: 2 })).toThrow('a file in .npz, .parquet, .arrow');
  });

  it.each(['a.parquet', 'a.arrow', 'a.npz'])('%s is whole after a second close, and takes no row', async (name) => {
    const path = join(await temporaryFolder(), name);
    const sink = createEmbeddingsSink(path, { dimensions });
    for (const one of rows) await sink.write(one);
    await sink.close();
    const whole = await readFile(path);
    await sink.close();
    await sink.abort();
    await expect(sink.write(row(11))).rejects.toThrow('is closed; open another for more rows');
    expect((await readFile(path)).equals(whole)).toBe(true);
    expect(await readdir(join(path, '..'))).toEqual([name]);
  });

  it.each(['a.parquet', 'a.arrow', 'a.npz'])('%s: a row that lacks its vector takes no other', async (name) => {
    const lacking = { ...row(2), embedding: undefined } as unknown as Embedding;
    const [came, wanted] = [
      await written(name, [row(0), lacking, row(1)]),
      await written(name, [row(0), row(2), row(1)]),
    ];
    expect((await readFile(came)).equals(await readFile(wanted))).toBe(true);
  });
});

describe('createEmbeddingsSink(path, { dimensions, boxes: true })', () => {
  const box = { xmin: 1.5, ymin: -2, xmax: 30.25, ymax: 40 };
  const ofBoxes: readonly Embedding[] = [
    row(0),
    { ...row(0), box_index: 4, box },
    { ...row(1), box_index: 0 },
    { ...row(2), box_index: 1, box },
  ];

  async function writtenBoxes(name: string): Promise<string> {
    const path = join(await temporaryFolder(), name);
    const sink = createEmbeddingsSink(path, { dimensions, boxes: true });
    for (const one of ofBoxes) await sink.write(one);
    await sink.close();
    return path;
  }

  it('.parquet says of each row which box it is of, and readEmbeddings gives their vectors back', async () => {
    const path = await writtenBoxes('a.parquet');
    const { columns } = await readParquet(path);
    expect(Object.keys(columns)).toEqual(['image_id', 'image', 'box_index', 'box', 'embedding', 'error']);
    expect(columns['box_index']).toEqual([null, 4, 0, 1]);
    const stored = await readEmbeddings(path);
    expect([stored.size, stored.boxes, stored.placed, stored.without]).toEqual([1, 2, 2, ['2.jpg']]);
    for (const { image_id, box_index, embedding } of ofBoxes)
      expect(stored.get(image_id, box_index)).toEqual(embedding);
    expect([stored.boxOf('0.jpg', 4), stored.boxOf('2.jpg', 1)]).toEqual([box, box]);
    expect([stored.boxOf('1.jpg', 0), stored.boxOf('0.jpg', 0), stored.boxOf('x', 0)]).toEqual([null, null, null]);
  });

  it('.arrow and .npz do, too', async () => {
    const table = tableFromIPC(await readFile(await writtenBoxes('a.arrow'))).toArray();
    expect(table.map(({ box_index }) => box_index as unknown)).toEqual([null, 4, 0, 1]);
    expect(table.map((one) => (one['box'] as object | null) && { ...(one['box'] as object) })).toEqual([
      null,
      box,
      null,
      box,
    ]);
    const npz = await readFile(await writtenBoxes('a.npz'));
    const after = (name: string): Buffer => npz.subarray(npz.indexOf('\n', npz.indexOf(name) + name.length) + 1);
    const indexes = after('box_indexes.npy');
    expect([0, 1, 2, 3].map((at) => Number(indexes.readBigInt64LE(8 * at)))).toEqual([-1, 4, 0, 1]);
    const edges = after('boxes.npy');
    expect([0, 4, 5, 6, 7, 8].map((at) => edges.readFloatLE(4 * at))).toEqual([NaN, 1.5, -2, 30.25, 40, NaN]);
  });
});

describe('readEmbeddings(path)', () => {
  const fixture = (name: string): string =>
    fileURLToPath(new URL(`../../fixtures/embeddings/${name}`, import.meta.url));

  it('reads what pyarrow writes: float64, float16, lists of a fixed size, row groups, nulls', async () => {
    const doubles = await readEmbeddings(fixture('doubles.parquet'));
    expect([doubles.dimensions, doubles.size, doubles.without]).toEqual([3, 4, ['b.jpg']]);
    expect(doubles.get('a.jpg')).toEqual(Float32Array.of(0.5, -1.25, 3));
    expect(doubles.get('ü/c.jpg')).toEqual(Float32Array.of(1e-3, 2, -0));
    const fixed = await readEmbeddings(fixture('fixed.parquet'));
    expect([fixed.size, fixed.without]).toEqual([4, ['8']]);
    expect(fixed.get(2 ** 40)).toEqual(Float32Array.of(0.1, 0.2, 0.3));
    expect(fixed.get(10)).toEqual(Float32Array.of(4, 5, 6));
    const halves = await readEmbeddings(fixture('halves.parquet'));
    expect([halves.dimensions, halves.size, halves.without]).toEqual([3, 4, ['b.jpg']]);
    expect(halves.get('a.jpg')).toEqual(Float32Array.of(0.5, -1.25, 3));
    expect(halves.get('ü/c.jpg')![0]).toBeCloseTo(1e-3, 6);
  });

  it.each<[string, Readonly<Record<string, readonly unknown[]>>, string]>([
    ['no vectors', { image_id: ['a'], vector: [[1]] }, 'no column "embedding", only image_id, vector'],
    ['no ids', { embedding: [[1]] }, 'no column "image_id", only embedding'],
    [
      'texts',
      { image_id: ['a'], embedding: ['x'] },
      'its column "embedding" is no list of float16, float32 or float64',
    ],
    ['an id twice', { image_id: ['a', 'a'], embedding: [[1.5], [2.5]] }, 'image_id "a" is there twice'],
    [
      'a box twice',
      { image_id: ['a', 'a'], box_index: [1, 1], embedding: [[1.5], [2.5]] },
      'image_id "a", box_index 1, is there twice',
    ],
    ['a box before the first', { image_id: ['a'], box_index: [-1], embedding: [[1.5]] }, 'a box_index is -1, expected'],
    ['half a box', { image_id: ['a'], box_index: [0.5], embedding: [[1.5]] }, 'a box_index is 0.5, expected'],
    ['a box by name', { image_id: ['a'], box_index: ['dog'], embedding: [[1.5]] }, 'a box_index is string, expected'],
  ])('refuses a file with %s', async (_, columns, message) => {
    const path = join(await temporaryFolder(), 'a.parquet');
    await writeParquet(path, columns as never);
    await expect(readEmbeddings(path)).rejects.toMatchObject({
      code: 'dataset-invalid',
      message: expect.stringContaining(message) as string,
    });
  });

  it('reads vectors of boxes, beside those of whole images', async () => {
    const path = join(await temporaryFolder(), 'a.parquet');
    await writeParquet(path, {
      image_id: ['a', 'a', 'b', 'a', 'c', 'd'],
      box_index: [0, 3, 0, null, 0, null],
      embedding: [[1.5], [2.5], [3.5], [4.5], null, null],
    });
    const stored = await readEmbeddings(path);
    expect([stored.dimensions, stored.size, stored.boxes, stored.without]).toEqual([1, 1, 3, ['c', 'd']]);
    expect([...stored.ids()]).toEqual(['a', 'b', 'c', 'd']);
    const vectors = [
      stored.get('a', 0),
      stored.get('a', 3),
      stored.get('a'),
      stored.get('a', null),
      stored.get('b', 0),
    ];
    expect(vectors).toEqual([1.5, 2.5, 4.5, 4.5, 3.5].map((value) => Float32Array.of(value)));
    expect([stored.get('a', 1), stored.get('b'), stored.get('c', 0)]).toEqual([null, null, null]);
  });

  it.each<[string, readonly unknown[]]>([
    ['texts', ['1,2,3,4']],
    ['lists', [[1.5, 2, 3, 4]]],
    ['nothing', [null]],
  ])('takes a column "box" of another maker, %s, for no place', async (_, box) => {
    const path = join(await temporaryFolder(), 'a.parquet');
    await writeParquet(path, { image_id: ['a'], box_index: [0], box, embedding: [[1.5]] });
    const stored = await readEmbeddings(path);
    expect([stored.boxes, stored.placed, stored.boxOf('a', 0)]).toEqual([1, 0, null]);
  });

  it('refuses vectors of several lengths, and what is no Parquet', async () => {
    await expect(readEmbeddings(fixture('ragged.parquet'))).rejects.toThrow('"b" has 1 numbers, those before 2');
    const path = join(await temporaryFolder(), 'a.parquet');
    await writeFile(path, 'no table');
    await expect(readEmbeddings(path)).rejects.toMatchObject({ code: 'dataset-invalid' });
    await writeFile(path, '');
    await expect(readEmbeddings(path)).rejects.toThrow('is not a readable Parquet file (it is empty)');
  });
});
