import { expect, it } from 'vitest';
import type { ScoresColumn } from '@qualm/types';
import { entropy, margin, scoreColumn } from '../../src/index.ts';

const rows = [Float32Array.of(0.5, 0.25), Float32Array.of(1, 0)];

/** Throws when a row is read, so only the flat matrix can have been. */
const flat: ScoresColumn = {
  length: 2,
  matrix: Float32Array.of(0.5, 0.25, 1, 0),
  numClasses: 2,
  at: (row) => {
    throw new Error(`row ${row} was read`);
  },
  [Symbol.iterator]: () => rows[Symbol.iterator](),
};

it('scoreColumn(array, strategy) scores row by row, NaN where there is no vector', () => {
  expect([...scoreColumn([[0.5, 0.25], null, [1, 0]], margin)]).toEqual([0.25, NaN, 1]);
  expect(scoreColumn([], entropy)).toEqual(new Float64Array(0));
});

it('scoreColumn(flat column, strategy) reads the matrix at once', () => {
  expect([...scoreColumn(flat, margin)]).toEqual([0.25, 1]);
});

it('scoreColumn(flat column, strategy without scoreRows) reads the rows', () => {
  const first = { name: 'first', order: 'ascending', score: (scores: ArrayLike<number>) => scores[0]! } as const;
  expect(() => scoreColumn(flat, first)).toThrow('row 0 was read');
  expect([...scoreColumn(rows, first)]).toEqual([0.5, 1]);
});

it('scoreColumn(empty flat column) is empty', () => {
  const empty: ScoresColumn = { ...flat, length: 0, matrix: new Float32Array(0), numClasses: 0 };
  expect(scoreColumn(empty, margin).length).toBe(0);
});
