import { expect, it } from 'vitest';
import { embeddingMatrix } from '../../src/index.ts';

it('embeddingMatrix(column) stacks vectors and names the rows that have none', () => {
  const column = [[1, 2], null, [3, NaN], [4, 5, 6], undefined, [1e39, 0], [], Float64Array.of(7, 8)];
  const { matrix, dimensions, leftOut } = embeddingMatrix(column);
  expect(dimensions).toBe(2);
  const none = [NaN, NaN];
  expect(matrix).toEqual(Float32Array.of(1, 2, ...none, ...none, ...none, ...none, ...none, ...none, 7, 8));
  expect(leftOut).toEqual([
    { row: 1, reason: 'no vector' },
    { row: 2, reason: 'number 1 is NaN' },
    { row: 3, reason: '3 numbers; expected 2' },
    { row: 4, reason: 'no vector' },
    { row: 5, reason: 'number 0 is 1e+39' },
    { row: 6, reason: '0 numbers; expected 2' },
  ]);
});

it('embeddingMatrix(column) takes the commonest length, so that a broken first row costs one row', () => {
  expect(embeddingMatrix([[1, 2, 3], [1, 2], [3, 4]]).leftOut).toEqual([{ row: 0, reason: '3 numbers; expected 2' }]); // prettier-ignore
  expect(embeddingMatrix([[1], [1, 2]]).dimensions).toBe(1);
  expect(embeddingMatrix([[1, 2], [1]]).dimensions).toBe(2);
});

it('embeddingMatrix(column, { dimensions, storage }) is told', () => {
  const { matrix, leftOut } = embeddingMatrix([[1e39], [1, 2]], { dimensions: 1, storage: 'float64' });
  expect(matrix).toEqual(Float64Array.of(1e39, NaN));
  expect(leftOut).toHaveLength(1);
});

it('embeddingMatrix of no rows, and of rows without any vector, is not an error', () => {
  expect(embeddingMatrix([])).toEqual({ matrix: new Float32Array(), dimensions: 1, leftOut: [] });
  expect(embeddingMatrix([null, []]).matrix).toEqual(Float32Array.of(NaN, NaN));
});

it('embeddingMatrix refuses dimensions that are not a count, and unknown storage', () => {
  expect(() => embeddingMatrix([], { dimensions: 0 })).toThrow('dimensions is 0; expected a whole number of 1 or more');
  expect(() => embeddingMatrix([], { storage: 'float16' as never })).toThrow(RangeError);
});
