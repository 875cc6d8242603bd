import { expect, it } from 'vitest';
import { savedWords } from '../src/page/kept/saved-words.ts';
import { fullNumber, heading, shortNumber, signedNumber, thingWords, things } from '../src/page/words.ts';
import { cell, dataOf } from './cells.ts';

it.each([
  [0.0041234, '0.00412'],
  [0.25, '0.25'],
  [2.5, '2.5'],
  [17.345, '17.3'],
  [0, '0'],
  [-0.12345, '-0.123'],
  [123.7, '124'],
  [1430.4, '1,430'],
  [1e-9, '<0.001'],
  [-1e-9, '>-0.001'],
  [3e12, '3000000000000'],
])('shortNumber(%f) is %s', (value, words) => expect(shortNumber(value)).toBe(words));

it.each([
  [0.25, '+0.25', '0.25'],
  [-0.25, '-0.25', '-0.25'],
  [4.07e-18, '<0.001', '<0.001 (4.07 × 10⁻¹⁸)'],
  [-4.07e-18, '>-0.001', '>-0.001 (-4.07 × 10⁻¹⁸)'],
  [0, '0', '0'],
])('signedNumber(%f) is %s, and fullNumber is %s', (value, signed, full) => {
  expect(signedNumber(value)).toBe(signed);
  expect(fullNumber(value)).toBe(full);
});

it('thingWords(by, count) is of boxes or of images, of one or of many', () => {
  expect([thingWords('box', 1), thingWords('image', 1), thingWords('box', 12_345)]).toEqual([
    ...['1 box', '1 image', '12,345 boxes'],
  ]);
  expect(heading(things('image'))).toBe('Images');
});

it('a report is of boxes where a cell shows a part of its image, and of what it says', () => {
  const region = { x: 0, y: 0, width: 9, height: 9 };
  expect(dataOf([cell('a'), cell('b', { region })]).by).toBe('box');
  expect(dataOf([cell('a')]).by).toBe('image');
  expect(dataOf([cell('a')], { by: 'box' }).by).toBe('box');
  expect(() => dataOf([], { by: 'video' as never })).toThrow("by is \"video\"; expected 'box' or 'image'");
});

it('strategies are called what people call them, and keep their names', () => {
  const { strategies } = dataOf([], { strategies: [{ name: 'leastConfidence', order: 'descending' }] });
  expect(strategies).toEqual([{ name: 'leastConfidence', words: 'least confidence', order: 'descending' }]);
});

it('savedWords(what, behind, error) names a few things, and counts many', () => {
  const said = (behind: readonly string[], error: Error | null = null, unkept = 0): string =>
    savedWords('marks', { behind, things: 'images', unkept }, error);
  expect(said([])).toBe('');
  expect(said(['b.jpg', 'd.jpg'])).toMatch(/^b\.jpg, d\.jpg: marked by somebody else/);
  expect(said(['a', 'b', 'c', 'd'])).toMatch(/^4 images: marked by somebody else/);
  expect(said([], new Error('the server said 500'))).toMatch(/^Not saved: the server said 500\. Marks are kept/);
  expect(said([], new Error('is it running?'))).toMatch(/^Not saved: is it running\? Marks are kept/);
  expect(said([], null, 2)).toMatch(/^This browser keeps no more marks.*Export them/);
  expect(savedWords('answers', { behind: ['a.jpg'], things: 'questions', unkept: 0 }, null)).toMatch(
    /^a\.jpg: answered by/,
  );
});
