import type { ReportVectors } from '@qualm/report';
import { createRandom } from '@qualm/strategies';
import { expect, it } from 'vitest';
import { createUmapPlacer, mostByUmap } from '../src/index.ts';

/** Cells about some middles, one after the other. */
function clustered(count: number, middles: number, dimensions = 8): ReportVectors & { readonly groups: number[] } {
  const random = createRandom(3);
  const centres = Array.from({ length: middles * dimensions }, () => 200 * random() - 100);
  const groups = Array.from({ length: count }, (_, row) => row % middles);
  const numbers = Int8Array.from({ length: count * dimensions }, (_, at) => {
    const [row, axis] = [Math.floor(at / dimensions), at % dimensions];
    return centres[groups[row]! * dimensions + axis]! + 12 * (random() - 0.5);
  });
  return { words: 'toys', dimensions, numbers, step: 1, near: 1, groups };
}

it('lays cells beside those that they are like, the same for a seed', async () => {
  const place = await createUmapPlacer({ seed: 1 });
  const { groups, ...vectors } = clustered(120, 4);
  const { places, placedBy } = place(vectors);
  expect(placedBy).toBe('UMAP');
  const at = (row: number): [number, number] => [places![2 * row]!, places![2 * row + 1]!];
  const apart = (one: number, two: number): number => Math.hypot(at(one)[0] - at(two)[0], at(one)[1] - at(two)[1]);
  const alike = groups.map((group, row) => {
    const others = groups.map((_, other) => other).filter((other) => other !== row);
    const nearest = others.sort((a, b) => apart(row, a) - apart(row, b)).slice(0, 5);
    return nearest.filter((other) => groups[other] === group).length / 5;
  });
  expect(alike.reduce((sum, part) => sum + part) / alike.length).toBeGreaterThan(0.95);
  expect(Math.max(...places!)).toBe(65_535);
  expect((await createUmapPlacer({ seed: 1 }))(vectors).places).toEqual(places);
  expect((await createUmapPlacer({ seed: 2 }))(vectors).places).not.toEqual(places);
});

it('places copies, leaves out cells without a vector, and leaves few cells as they are', async () => {
  const place = await createUmapPlacer();
  const { groups: _, ...vectors } = clustered(30, 2, 3);
  vectors.numbers.set(vectors.numbers.subarray(0, 3), 6);
  vectors.numbers[9] = -128;
  const { places } = place(vectors);
  expect([places!.length, places![6], places![7]]).toEqual([60, 0, 0]);
  const { groups: __, ...few } = clustered(4, 2);
  expect(place(few)).toBe(few);
  const same = { ...few, numbers: new Int8Array(20 * few.dimensions) };
  expect(place(same).places).toHaveLength(40);
});

it('refuses more cells than it places in reasonable time, and a seed that is none', async () => {
  const place = await createUmapPlacer();
  const many = { words: 'toys', dimensions: 1, numbers: new Int8Array(mostByUmap + 1), step: 1, near: 1 };
  expect(() => place(many)).toThrow('10001 cells; UMAP places 10000 at most');
  await expect(createUmapPlacer({ seed: NaN })).rejects.toThrow(/seed/);
});
