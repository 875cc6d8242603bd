import { expect, it } from 'vitest';
import { counted, countText } from '../src/index.ts';

it.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [12_345, '12,345'],
  [1_234_567, '1,234,567'],
  [0.5, '0.5'],
  [0.1 + 0.2, '0.3'],
])('countText(%f) is %s', (count, text) => {
  expect(countText(count)).toBe(text);
});

it.each([
  [0, '0 images'],
  [1, '1 image'],
  [2, '2 images'],
  [12_345, '12,345 images'],
])("counted(%i, 'image') is %s", (count, text) => {
  expect(counted(count, 'image')).toBe(text);
});

it('counted(count, one, several) takes what does not end in s, and what is said of it', () => {
  expect([0, 1, 2].map((count) => counted(count, 'box', 'boxes'))).toEqual(['0 boxes', '1 box', '2 boxes']);
  expect([1, 1000].map((count) => counted(count, 'row has', 'rows have'))).toEqual(['1 row has', '1,000 rows have']);
});
