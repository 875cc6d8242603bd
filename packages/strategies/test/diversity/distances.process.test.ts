import { it } from 'vitest';
import { expectSameDistances } from './distance-properties.ts';

/* What distances.test.ts looks at, in many more cases. */

it.each([Float32Array, Float64Array])('distances of %o in WebAssembly have the bits of the plain form', (Storage) => {
  expectSameDistances(Storage, 500);
});
