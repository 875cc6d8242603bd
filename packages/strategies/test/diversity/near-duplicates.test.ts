import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearDuplicates, withoutNearDuplicates } from '../../src/index.ts';
import { float32Of, hasVector, holedRows, orders, squaredDistance } from './arbitraries.ts';
import { embeddingsOf, fixture } from './fixture.ts';

describe.each(fixture.components)('nearDuplicates($data, $maxDistance)', ({ data, maxDistance, groups }) => {
  it(`are the connected components of SciPy ${fixture.versions['scipy']}`, () => {
    const got = nearDuplicates(embeddingsOf(fixture.data[data]!), { maxDistance, metric: 'euclidean' });
    expect(got.map((rows) => [...rows])).toEqual(groups);
  });
});

const maxDistance = fc.constantFrom(0, 1, 1.5, 3);

it('nearDuplicates(embeddings) are disjoint, closed and as near as said', () => {
  fc.assert(
    fc.property(holedRows, maxDistance, (rows, distance) => {
      const groups = nearDuplicates(float32Of(rows), { maxDistance: distance, metric: 'euclidean' });
      const groupOf = new Map(groups.flatMap((group, index) => Array.from(group, (row) => [row, index])));
      expect(groupOf.size).toBe(groups.reduce((sum, { length }) => sum + length, 0));
      rows.forEach((a, i) => {
        rows.forEach((b, j) => {
          if (i === j || !(squaredDistance(a, b) <= distance ** 2)) return;
          expect(groupOf.get(i)).toBeDefined();
          expect(groupOf.get(i)).toBe(groupOf.get(j));
        });
      });
    }),
  );
});

it('nearDuplicates(embeddings) are by cosine unless said', () => {
  const rows = [[1, 0], [5, 0], [0, 1], [0, 0], [0.01, 1]]; // prettier-ignore
  expect(nearDuplicates(embeddingsOf(rows), { maxDistance: 0.001 })).toEqual([
    Uint32Array.of(0, 1),
    Uint32Array.of(2, 4),
  ]);
});

it('withoutNearDuplicates(embeddings) goes down by priority, and keeps no two that are near', () => {
  fc.assert(
    fc.property(
      holedRows,
      maxDistance,
      fc.array(fc.constantFrom(0, 1, 2, NaN), { minLength: 24, maxLength: 24 }),
      (rows, distance, many) => {
        const priorities = many.slice(0, rows.length);
        const { kept, duplicateOf } = withoutNearDuplicates(float32Of(rows), {
          maxDistance: distance,
          metric: 'euclidean',
          priorities,
        });
        const worth = (row: number): number => (Number.isNaN(priorities[row]) ? -1 : priorities[row]!);
        const order = [...rows.keys()]
          .filter((row) => hasVector(rows[row]!))
          .sort((a, b) => worth(b) - worth(a) || a - b);
        const expected: number[] = [];
        const isNear = (a: number, b: number): boolean => squaredDistance(rows[a]!, rows[b]!) <= distance ** 2;
        for (const row of order) if (!expected.some((other) => isNear(row, other))) expected.push(row);
        expect([...kept]).toEqual([...expected].sort((a, b) => a - b));
        rows.forEach((row, index) => {
          if (!hasVector(row) || expected.includes(index)) {
            expect(duplicateOf[index]).toBe(-1);
            return;
          }
          const standIn = duplicateOf[index]!;
          expect(expected).toContain(standIn);
          const least = Math.min(...expected.map((other) => squaredDistance(row, rows[other]!)));
          expect(squaredDistance(row, rows[standIn]!)).toBe(least);
        });
      },
    ),
  );
});

it('withoutNearDuplicates(embeddings, { ids }) keeps the same ids whatever the order of the rows', () => {
  fc.assert(
    fc.property(orders, maxDistance, ([rows, order], distance) => {
      const options = { maxDistance: distance, metric: 'euclidean' } as const;
      const first = withoutNearDuplicates(float32Of(rows), { ...options, ids: [...rows.keys()] });
      const second = withoutNearDuplicates(float32Of(order.map((row) => rows[row]!)), { ...options, ids: order });
      expect(Array.from(second.kept, (row) => order[row]!).sort((a, b) => a - b)).toEqual([...first.kept]);
    }),
  );
});

it('nearDuplicates and withoutNearDuplicates refuse distances below 0, and priorities of another length', () => {
  expect(() => nearDuplicates(float32Of([[1]]), { maxDistance: -1 })).toThrow('nearDuplicates: maxDistance is -1');
  expect(() => withoutNearDuplicates(float32Of([[1]]), { maxDistance: Infinity })).toThrow('maxDistance is Infinity');
  expect(() => withoutNearDuplicates(float32Of([[1]]), { maxDistance: 0, priorities: [] })).toThrow(
    'withoutNearDuplicates: 0 priorities for 1 rows; expected one for each',
  );
});
