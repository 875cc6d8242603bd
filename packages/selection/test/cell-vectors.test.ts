import { Image } from '@qualm/types';
import { describePicture, render } from '@qualm/viz';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellVectors, createPictureVectors, reportOf } from '../src/index.ts';
import { packVectors } from '../src/vectors/pack-vectors.ts';
import { predictionsOf } from './predictions-of.ts';

const looks = { words: 'looks', near: 0.1, metric: 'euclidean' } as const;

function apart({ numbers, dimensions, step }: ReturnType<typeof packVectors>, a: number, b: number): number {
  let squares = 0;
  for (let i = 0; i < dimensions; i++) squares += (numbers[a * dimensions + i]! - numbers[b * dimensions + i]!) ** 2;
  return step * Math.sqrt(squares);
}

describe('packVectors(vectors)', () => {
  it('keeps distances to what rounding takes, where vectors are short', () => {
    const vector = fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(vector, { minLength: 2, maxLength: 20 }), (vectors) => {
        const packed = packVectors(vectors, looks);
        // Half a step in each direction, of both.
        const rounding = packed.step * Math.sqrt(packed.dimensions) + 1e-5;
        for (let row = 1; row < vectors.length; row++) {
          const wanted = Math.hypot(...vectors[row]!.map((value, i) => value - vectors[0]![i]!));
          expect(Math.abs(apart(packed, 0, row) - wanted)).toBeLessThanOrEqual(rounding);
        }
      }),
    );
  });

  it('takes vectors that point one way for the same, by cosine', () => {
    const packed = packVectors([[1, 0], [5, 0], [0, 2], [0, 0], null], { ...looks, metric: 'cosine' });
    expect(apart(packed, 0, 1)).toBe(0);
    expect(apart(packed, 0, 2)).toBeCloseTo(Math.SQRT2, 2);
    // Neither zeros nor nothing point anywhere.
    expect([3, 4].map((row) => packed.numbers[row * packed.dimensions])).toEqual([-128, -128]);
  });

  it.each<[string, (number[] | null)[], number]>([
    ['no cell', [], 1],
    ['one cell', [[1, 2, 3]], 1],
    [
      'the same thrice',
      [
        [1, 2],
        [1, 2],
        [1, 2],
      ],
      1,
    ],
    ['long vectors', Array.from({ length: 90 }, (_, row) => Array.from({ length: 80 }, (__, i) => (row * i) % 17)), 64],
  ])('has whole rows of %s', (_, vectors, dimensions) => {
    const packed = packVectors(vectors, looks);
    expect(packed.numbers.length).toBe(vectors.length * packed.dimensions);
    expect(packed.dimensions).toBeLessThanOrEqual(Math.max(dimensions, 2));
    expect(packed.step).toBeGreaterThan(0);
  });
});

const source = predictionsOf([
  {
    id: 'a',
    boxes: [
      [0.5, 0.4, 0.1],
      [0.6, 0.3, 0.1],
    ],
  },
  { id: 'b', boxes: [[0.4, 0.35, 0.1]] },
]);

it('cellVectors(cells, vectors) gives the boxes of an image its vector, and nothing where there is none', async () => {
  const { pageCells } = await reportOf(source, { by: 'box' });
  const stored = new Map([
    ['a', [1, 0]],
    ['b', [0, 1]],
  ]);
  const vectors = cellVectors(pageCells, {
    words: 'clip.parquet',
    vectorOf: ({ image_id }) => stored.get(String(image_id)) ?? null,
  })!;
  expect(vectors.words).toBe('clip.parquet');
  const places = (image: string): number[] =>
    [...pageCells.keys()].filter((place) => pageCells[place]!.cell.imageId === image);
  const [first, second] = places('a') as [number, number];
  expect(apart(vectors, first, second)).toBe(0);
  expect(apart(vectors, first, places('b')[0]!)).toBeCloseTo(Math.SQRT2, 2);
  expect(cellVectors(pageCells, { words: 'none', vectorOf: () => null })).toBeNull();
});

it('cellVectors(cells, vectors) asks for the box of a cell, or the one that an image goes by', async () => {
  const askedBy = async (by: 'box' | 'image'): Promise<unknown[]> => {
    const { pageCells } = await reportOf(source, { by });
    const asked: unknown[] = [];
    cellVectors(pageCells, {
      words: 'boxes.parquet',
      vectorOf: ({ image_id, box_index }) => (asked.push([image_id, box_index]), null),
    });
    return asked;
  };
  // Least sure first: b's box, then the two of a.
  expect(await askedBy('box')).toEqual([
    ['b', 0],
    ['a', 0],
    ['a', 1],
  ]);
  expect(await askedBy('image')).toEqual([
    ['a', 0],
    ['b', 0],
  ]);
});

it('cellVectors(cells, vectors) asks for no box of another model', async () => {
  const { pageCells } = await reportOf(source, {
    by: 'box',
    against: predictionsOf([
      { id: 'b', boxes: [] },
      { id: 'c', boxes: [] },
      { id: 'a', boxes: [[0.9, 0.1, 0]], places: [[50, 50, 90, 90]] },
    ]),
  });
  const asked: unknown[] = [];
  cellVectors(pageCells, { words: 'x', vectorOf: ({ box_index }) => (asked.push(box_index), null) });
  expect(asked).toEqual([0, 0, 1, null]);
});

it('createPictureVectors(count) describes pictures as they come, and passes over a broken one', async () => {
  const plain = (color: number): Promise<Uint8Array> =>
    render({ data: new Uint8Array(12).fill(color), width: 2, height: 2 }, [], { format: 'png' }) as Promise<Uint8Array>;
  const looked = createPictureVectors(4);
  expect(looked.vectors()).toBeNull();
  const [dark, light] = [await plain(40), await plain(200)];
  await looked.add({ place: 2, thumbnail: { type: 'image/png', bytes: dark } });
  await looked.add({ place: 0, thumbnail: { type: 'image/png', bytes: light } });
  await looked.add({ place: 3, thumbnail: { type: 'image/png', bytes: Uint8Array.of(1, 2, 3) } });
  const vectors = looked.vectors()!;
  const [one, two] = [await describePicture(Image.fromBytes(dark)), await describePicture(Image.fromBytes(light))];
  expect(apart(vectors, 0, 2)).toBeCloseTo(Math.hypot(...one.map((value, i) => value - two[i]!)), 2);
  expect([1, 3].map((place) => vectors.numbers[place * vectors.dimensions])).toEqual([-128, -128]);
});
