import { describe, expect, it } from 'vitest';
import { createRandom, type CommitteeStrategy } from '../../src/index.ts';
import { all } from './strategies.ts';

const numClasses = 7;
const numRows = 5000;
const random = createRandom(5);
/** Three members of random scores, some of which are 0, and rows that cannot be scored. */
const members = Array.from({ length: 3 }, () =>
  Float32Array.from({ length: numRows * numClasses }, (_, i) =>
    i % numClasses > 0 && random() < 0.2 ? 0 : random() ** 4,
  ),
);
const broken = [10, 2000, 4999];
members[0]![10 * numClasses + 3] = NaN;
members[1]!.fill(0, 2000 * numClasses, 2001 * numClasses);
members[2]![4999 * numClasses] = -0.25;
/** Rows in which all members agree. */
for (let row = 100; row < 200; row++) {
  const own = members[0]!.slice(row * numClasses, (row + 1) * numClasses);
  for (const member of members) member.set(own, row * numClasses);
}

describe.each(all)('$name.scoreRows(large float32 matrices)', (strategy: CommitteeStrategy) => {
  const got = strategy.scoreRows(members, numClasses);

  it('is the call row by row, within 1e-12', () => {
    const others = [...got.keys()].flatMap((row) => {
      const wanted = strategy(members.map((member) => member.subarray(row * numClasses, (row + 1) * numClasses)));
      const isSame = Number.isNaN(wanted) ? Number.isNaN(got[row]) : Math.abs(got[row]! - wanted) <= 1e-12;
      return isSame ? [] : [`row ${row}: ${got[row]}, the call ${wanted}`];
    });
    expect(got).toHaveLength(numRows);
    expect(others).toEqual([]);
  });

  it('never leaves the range, and is NaN for rows that cannot be scored', () => {
    const [low, high] = strategy.range(numClasses, members.length);
    const outside = [...got.keys()].filter((row) => !(got[row]! >= low && got[row]! <= high + 1e-12));
    expect(outside.filter((row) => !broken.includes(row))).toEqual([]);
    if (!['voteEntropy', 'variationRatio'].includes(strategy.name)) {
      expect(broken.map((row) => got[row])).toEqual([NaN, NaN, NaN]);
    }
  });
});
