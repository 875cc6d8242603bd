import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalRows, topRows } from '../../src/rows/index.ts';

it('topRows(values, order, { ids }) breaks ties by id: numbers in order, then text', () => {
  expect([...topRows([1, 1, 1, 1], 'descending', { ids: ['b', 10, 'a', 9] })]).toEqual([3, 1, 2, 0]);
});

it('topRows(values, order, { ids }) names the same ids whatever the order of the rows', () => {
  const rows = fc
    .uniqueArray(fc.tuple(fc.string(), fc.constantFrom(0, 1, NaN)), { selector: ([id]) => id })
    .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
  fc.assert(
    fc.property(rows, fc.nat(5), ([a, b], limit) => {
      const [first, second] = [a, b].map((list) => {
        const ids = list.map(([id]) => id);
        const values = list.map(([, value]) => value);
        return Array.from(topRows(values, 'descending', { ids, limit }), (row) => ids[row]);
      });
      expect(second).toEqual(first);
    }),
  );
});

it('topRows(values, order, { seed }) draws the order of ties from the seed, and only that of ties', () => {
  const values = [0, 1, 1, 1, 1, 1, 1, 2];
  const orders = Array.from({ length: 40 }, (_, seed) => topRows(values, 'ascending', { seed }).join());
  expect(new Set(orders).size).toBeGreaterThan(30);
  for (const order of orders) expect(order).toMatch(/^0,.*,7$/);
  expect(topRows(values, 'ascending', { seed: 3 })).toEqual(topRows(values, 'ascending', { seed: 3 }));
});

it('topRows(values, order, { ids }) refuses ids of another length', () => {
  expect(() => topRows([1, 2], 'ascending', { ids: ['a'] })).toThrow('1 ids for 2 values');
});

it('canonicalRows(n, ties) is every row once, by id where there are ids', () => {
  expect([...canonicalRows(3, {})]).toEqual([0, 1, 2]);
  expect([...canonicalRows(3, { ids: ['c', 'a', 'b'] })]).toEqual([1, 2, 0]);
  expect([...canonicalRows(9, { seed: 1 })].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

it('topRows(values, order, { ids, seed }) draws the order of ties from seed and id, whatever the order of the rows', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 7, 8];
  const named = (list: readonly (string | number)[], seed: number): string =>
    Array.from(topRows(new Float64Array(8), 'ascending', { ids: list, seed }), (row) => list[row]).join();
  const drawn = Array.from({ length: 40 }, (_, seed) => named(ids, seed));
  expect(new Set(drawn).size).toBeGreaterThan(30);
  expect(drawn).toEqual(drawn.map((_, seed) => named(ids.toReversed(), seed)));
});
