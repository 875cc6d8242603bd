import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPower } from '../../src/heads/power.ts';

const exponents = fc.constantFrom(0.4, 0.6, 0.5, 1, 2.5, -0.4);

it('createPower(exponent)(value) is the power within 2^-50 of it', () => {
  const values = fc.float({ min: Math.fround(1.2e-38), max: Math.fround(3e38), noNaN: true });
  fc.assert(
    fc.property(exponents, values, (exponent, value) => {
      const power = value ** exponent;
      fc.pre(power > 1e-300 && power < 1e300);
      expect(Math.abs(createPower(exponent)(value) / power - 1)).toBeLessThan(2 ** -50);
    }),
    { numRuns: 2000 },
  );
});

it.each([0, -0, 1e-45, -1e-45, -0.5, NaN, Infinity, -Infinity])('createPower(0.4)(%d) is Math.pow', (value) => {
  expect(createPower(0.4)(value)).toBe(value ** 0.4);
});

it('createPower(exponent)(value) rises with the value', () => {
  const power = createPower(0.4);
  const bits = new Uint32Array(1);
  const float = new Float32Array(bits.buffer);
  const valueOf = (word: number): number => ((bits[0] = word), float[0]!);
  const falling: number[] = [];
  // Around every edge of the table, and between.
  for (let step = 0x3e80; step < 0x3f90; step++) {
    for (let word = step * 65536 - 50; word < step * 65536 + 50; word++) {
      const rises = Math.fround(power(valueOf(word + 1))) >= Math.fround(power(valueOf(word)));
      if (!rises) falling.push(word);
    }
  }
  expect(falling).toEqual([]);
});
