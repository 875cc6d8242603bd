import { expect, it } from 'vitest';
import { classWords, numberText } from '../src/output/short-text.ts';

it.each([
  [[['cat', 0.312] as const, ['dog', 0.3] as const], 'cat .31 or dog .30'],
  [[['cat', 0.5] as const, ['dog', 0.004] as const], 'cat .50'],
  [[['cat', 0.001] as const], 'cat .00'],
  [[['cat', 1] as const, [undefined, undefined] as const], 'cat 1.00'],
  [[['cat', 0.312] as const, [null, null] as const], 'cat .31'],
  [[[null, null] as const], ''],
])('classWords(%j) is %j', (classes, words) => expect(classWords(...classes)).toBe(words));

it.each([
  [0.0041234, '.00412'],
  [-0.5, '-.500'],
  [3.54321, '3.54'],
  [0.999999, '1.00'],
  [1234.5, '1235'],
  [4.07e-18, '<.001'],
  [-4.07e-18, '>-.001'],
  [NaN, '–'],
])('numberText(%d) is %j', (value, text) => expect(numberText(value)).toBe(text));
