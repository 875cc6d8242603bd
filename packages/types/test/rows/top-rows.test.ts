import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandom, topRows } from '../../src/rows/index.ts';

const values = fc.array(fc.oneof(fc.double(), fc.constantFrom(0, -0, 1, NaN, Infinity, -Infinity)), { maxLength: 60 });
const order = fc.constantFrom('ascending' as const, 'descending' as const);

it('topRows(values, order) puts NaN last and keeps the order of ties', () => {
  expect([...topRows([0.5, NaN, 0.1, 0.5, Infinity], 'ascending')]).toEqual([2, 0, 3, 4, 1]);
  expect([...topRows([0.5, NaN, 0.1, 0.5, -Infinity], 'descending')]).toEqual([0, 3, 2, 4, 1]);
});

it('topRows(values, order, limit) is the beginning of the full ranking', () => {
  fc.assert(
    fc.property(values, order, fc.nat(70), (numbers, direction, limit) => {
      const all = [...topRows(numbers, direction)];
      expect([...topRows(numbers, direction, { limit })]).toEqual(all.slice(0, limit));
      expect([...all].sort((a, b) => a - b)).toEqual(numbers.map((_, row) => row));
    }),
  );
});

it('topRows(values, order) is ordered, whatever the numbers', () => {
  fc.assert(
    fc.property(values, order, (numbers, direction) => {
      const ranked = [...topRows(numbers, direction)]
        .map((row) => numbers[row]!)
        .filter((value) => !Number.isNaN(value));
      const sorted = [...ranked].sort((a, b) =>
        a === b ? 0 : (a < b ? -1 : 1) * (direction === 'ascending' ? 1 : -1),
      );
      expect(ranked.map((value) => value + 0)).toEqual(sorted.map((value) => value + 0));
    }),
  );
});

it('topRows(values, order, limit) refuses a limit that is not a count', () => {
  expect(() => topRows([1], 'ascending', { limit: -1 })).toThrow(RangeError);
  expect(() => topRows([1], 'ascending', { limit: 0.5 })).toThrow(RangeError);
});

it('topRows(many values, order, { limit }) is the beginning of the full ranking, whatever their distribution', () => {
  const random = createRandom(5);
  const distributions: ((row: number) => number)[] = [
    random,
    () => random() ** 20,
    () => Math.floor(random() * 5),
    () => 0,
    (row) => (row % 3 === 0 ? NaN : row % 7 === 0 ? -Infinity : Infinity),
    (row) => (row % 2 === 0 ? random() * Number.MAX_VALUE : -random() * Number.MAX_VALUE),
    // The sample steps over every greatest value.
    (row) => (row % 4 === 1 ? 2 + random() : random()),
    () => 1 + random() * 1e-15,
  ];
  for (const distribution of distributions) {
    const numbers = Float64Array.from({ length: 65_536 }, (_, row) => distribution(row));
    const sorted = Array.from(numbers, (value, row) => ({ value, row }));
    for (const direction of ['ascending', 'descending'] as const) {
      const sign = direction === 'ascending' ? 1 : -1;
      const nan = (value: number): number => Number(Number.isNaN(value));
      sorted.sort((a, b) => {
        const byValue = a.value === b.value ? 0 : sign * (a.value < b.value ? -1 : 1);
        return nan(a.value) - nan(b.value) || (nan(a.value) ? 0 : byValue) || a.row - b.row;
      });
      const rows = Uint32Array.from(sorted, ({ row }) => row);
      expect(sameRows(topRows(numbers, direction), rows)).toBe(true);
      for (const limit of [0, 1, 10, 1000, 8191, 40_000]) {
        const first = topRows(numbers, direction, { limit });
        expect(sameRows(first, rows.subarray(0, limit)), `${direction}, limit ${limit}`).toBe(true);
      }
    }
  }
});

/** Ten times as fast as `toEqual` of long arrays. */
function sameRows(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((row, place) => row === b[place]);
}
