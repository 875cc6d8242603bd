import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandom } from '../../src/rows/index.ts';
import { hash32 } from '../../src/rows/hash.ts';

const draws = (seed: number, count: number): number[] => Array.from({ length: count }, createRandom(seed));

it('createRandom(seed) gives the same numbers again, in 0..1, and others for another seed', () => {
  fc.assert(
    fc.property(fc.double(), fc.double(), (a, b) => {
      const numbers = draws(a, 20);
      expect(draws(a, 20)).toEqual(numbers);
      expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...numbers)).toBeLessThan(1);
      if (!Object.is(a + 0, b + 0)) expect(draws(b, 20)).not.toEqual(numbers);
    }),
  );
});

it('createRandom(seed) is even: 100,000 numbers fall into 100 bins as chance has it, for neighbouring seeds alike', () => {
  for (const seed of [0, 1, 2, 3]) {
    const bins = new Float64Array(100);
    for (const number of draws(seed, 100_000)) bins[Math.floor(number * 100)]!++;
    const chiSquare = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // 99 degrees of freedom: 99.9 % of samples lie below 148.2, and .1 % below 61.1.
    expect(chiSquare).toBeLessThan(148.2);
    expect(chiSquare).toBeGreaterThan(61.1);
  }
  const firsts = Array.from({ length: 1000 }, (_, seed) => createRandom(seed)());
  expect(firsts.reduce((a, b) => a + b) / 1000).toBeCloseTo(0.5, 1);
});

it('hash32(seed, id) is a whole number of 32 bits that keeps 0 and -0 together and near ids apart', () => {
  expect(hash32(0, -0)).toBe(hash32(0, 0));
  const hashes = new Set(Array.from({ length: 10_000 }, (_, id) => hash32(7, id)));
  const texts = new Set(Array.from({ length: 10_000 }, (_, id) => hash32(7, `image-${id}`)));
  expect(hashes.size).toBeGreaterThan(9_990);
  expect(texts.size).toBeGreaterThan(9_990);
  for (const hash of hashes) expect(hash).toBe(hash >>> 0);
});
