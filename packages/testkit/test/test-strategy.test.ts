import * as vitest from 'vitest';
import type { Strategy } from '@qualm/types';
import { testStrategy, type VitestApi } from '../src/index.ts';

const { describe, expect, it } = vitest;

const largest = (scores: ArrayLike<number>): number => Math.max(...Array.from(scores));
const doubt: Strategy = {
  name: 'doubt',
  order: 'descending',
  score: (scores) => (scores.length === 0 ? NaN : 1 - largest(scores)),
  range: () => [0, 1],
};

const rows: NonNullable<Strategy['scoreRows']> = (matrix, numClasses, out) => {
  const length = matrix.length / numClasses;
  const isWhole = Number.isInteger(numClasses) && Number.isInteger(length);
  if (!isWhole || (out && out.length !== length)) throw new RangeError('rows');
  const result = out ?? new Float64Array(length);
  for (let row = 0; row < length; row++) {
    result[row] = doubt.score(matrix.subarray(row * numClasses, (row + 1) * numClasses));
  }
  return result;
};

testStrategy({ vitest, strategy: doubt });
testStrategy({ vitest, name: 'doubt with rows', strategy: { ...doubt, scoreRows: rows } });
testStrategy({ vitest, name: 'the last class', strategy: { ...doubt, score: lastDoubt }, symmetric: false });

/** The doubt about the last class alone: classes are not alike. */
function lastDoubt(scores: ArrayLike<number>): number {
  return Number.isNaN(largest(scores)) || scores.length === 0 ? NaN : 1 - scores[scores.length - 1]!;
}

/** The names of the tests of the suite that this strategy fails. */
function failures(strategy: Strategy): string[] {
  const tests: [string, (...args: unknown[]) => void][] = [];
  const test = Object.assign((name: string, run: () => void) => void tests.push([name, run]), {
    runIf: (condition: unknown) => (condition ? test : () => undefined),
    each: (table: [string, unknown][]) => (name: string, run: (...args: unknown[]) => void) => {
      for (const row of table) tests.push([name.replace('%s', row[0]), () => run(...row)]);
    },
  });
  const collecting = { ...vitest, describe: (_: string, declare: () => void) => declare(), test };
  testStrategy({ vitest: collecting as unknown as VitestApi, strategy });
  const context = { skip: () => undefined };
  return tests.filter(([, run]) => throws(() => run(context))).map(([name]) => name);
}

function throws(run: () => void): boolean {
  try {
    run();
    return false;
  } catch {
    return true;
  }
}

describe('testStrategy(...)', () => {
  it('passes a strategy that keeps the contract', () => {
    expect(failures(doubt)).toEqual([]);
    expect(failures({ ...doubt, scoreRows: rows })).toEqual([]);
  });

  const calls = { count: 0 };
  it.each<[string, Partial<Strategy>, RegExp]>([
    ['no name', { name: ' ' }, /has a name/],
    ['the wrong end first', { order: 'ascending' }, /^order says/],
    ['a range too narrow', { range: () => [0, 0.4] }, /within range/],
    ['a range turned over', { range: () => [1, 0] }, /within range/],
    ['a number for NaN', { score: (scores) => doubt.score(Array.from(scores, (p) => p || 0)) }, /NaN as soon as/],
    [
      'a number for no scores',
      { score: (scores) => 1 - Math.max(0, ...Array.from(scores)) },
      /NaN as soon as|of no scores/,
    ],
    ['memory', { score: (scores) => doubt.score(scores) + (calls.count++ % 7) * 1e-9 }, /the same each time/],
    ['a hand in its input', { score: (scores) => doubt.score((scores as number[]).sort()) }, /leaves the scores/],
    ['a favourite class', { score: lastDoubt }, /change places/],
    [
      'rows of another strategy',
      { scoreRows: (...args) => rows(...args).map((value) => value + 1e-6) },
      /score row by row/,
    ],
    ['rows that ignore out', { scoreRows: (matrix, k, out) => rows(matrix, k, out).slice() }, /fills all of out/],
    ['rows that lean on each other', { scoreRows: (...args) => rows(...args).sort() }, /whatever rows are beside/],
    ['rows that write into the matrix', { scoreRows: (m, ...args) => rows(m.fill(0.5), ...args) }, /leaves the matrix/],
    ['rows that are not whole', { scoreRows: (m, k) => new Float64Array(m.length / k || 0) }, /throws a RangeError/],
  ])('finds %s', (_, wrong, name) => {
    const found = failures({ ...doubt, ...wrong });
    expect(found.filter((test) => name.test(test))).not.toEqual([]);
  });
});
