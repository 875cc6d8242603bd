import fc from 'fast-check';
import { expect, it } from 'vitest';
import { evenShare } from '../src/batch/even-share.ts';

const groupsOf = (sizes: readonly number[]): string[] =>
  sizes.flatMap((size, group) => Array.from({ length: size }, () => String(group)));

it.each<[string, (string | null)[], number, number]>([
  ['one folder of many', groupsOf([1000]), 100, 100],
  ['as many folders as are wanted', groupsOf(Array.from({ length: 100 }, () => 5)), 100, 1],
  ['a small folder and a large one', groupsOf([3, 997]), 100, 97],
  ['fewer rows than are wanted', groupsOf([2, 5]), 100, 5],
  ['rows of no group', [null, null, null], 3, 1],
  ['no rows', [], 3, 1],
])('evenShare(%s)', (_, groups, count, share) => {
  expect(evenShare(groups, count)).toBe(share);
});

it('evenShare(groups, count) is the least limit that leaves count rows', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 60 }), (all, count) => {
      const pickable = (limit: number): number => all.reduce((sum, size) => sum + Math.min(size, limit), 0);
      const share = evenShare(groupsOf(all), count);
      expect(pickable(share)).toBeGreaterThanOrEqual(Math.min(count, pickable(Infinity)));
      if (share > 1) expect(pickable(share - 1)).toBeLessThan(count);
    }),
  );
});
