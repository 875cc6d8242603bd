import { describe, it } from 'vitest';
import { entropies, expectSameBits, expectSameNumbers, topTwoStrategies } from './kernel-properties.ts';

/* What kernels.test.ts looks at, in many more cases. */

describe.each(topTwoStrategies)('$name.scoreRows', (strategy) => {
  it.each([Float32Array, Float64Array])('of a large %o is score row by row, to the bit', (Storage) => {
    expectSameBits(strategy, Storage, 80);
  });
});

describe.each(entropies)('%s.scoreRows', (_, strategy) => {
  it('of a large matrix is score row by row within 1e-12, and NaN and Infinity where that is', () => {
    expectSameNumbers(strategy, 80);
  });
});
