import { expect, it } from 'vitest';
import { isTiny, powerText, shortNumber } from '../src/index.ts';

it.each([
  [0.0041234, '0.00412'],
  [-0.5, '-0.500'],
  [17.345, '17.3'],
  [1234.5, '1235'],
  [1e20, '10²⁰'],
  [0, '0.00'],
  [0.001, '0.00100'],
  [0.000999, '<0.001'],
  [4.07e-18, '<0.001'],
  [-4.07e-18, '>-0.001'],
  [NaN, '–'],
])('shortNumber(%f) is %s', (value, text) => {
  expect(shortNumber(value)).toBe(text);
  expect(isTiny(value)).toBe(text.includes('0.001') && !text.startsWith('0'));
});

it.each([
  [4.07e-18, 3, '4.07 × 10⁻¹⁸'],
  [-0.00012345, 3, '-1.23 × 10⁻⁴'],
  [1e-7, 7, '10⁻⁷'],
  [0, 3, '0'],
  [2.5, 3, '2.5'],
  [2.5e16, 7, '2.5 × 10¹⁶'],
])('powerText(%f, %i) is %s', (value, digits, text) => expect(powerText(value, digits)).toBe(text));
