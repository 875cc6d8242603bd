import { expect, it } from 'vitest';

it.each<[string, unknown, unknown, boolean]>([
  ['the same numbers', Float32Array.of(1, NaN), Float32Array.of(1, NaN), true],
  ['another number', { of: [Uint8Array.of(1, 2)] }, { of: [Uint8Array.of(1, 3)] }, false],
  ['one more', Int32Array.of(1), Int32Array.of(1, 2), false],
  ['0 and -0', Float64Array.of(0), Float64Array.of(-0), false],
  ['another kind', Float32Array.of(1), Float64Array.of(1), false],
  ['a Buffer', Buffer.of(1), Uint8Array.of(1), false],
  ['whole numbers of 64 bits', BigInt64Array.of(1n), BigInt64Array.of(1n), true],
  ['a view of bytes', new DataView(new ArrayBuffer(1)), new DataView(new ArrayBuffer(1)), true],
])('toEqual of typed arrays: %s', (_, a, b, isSame) => {
  if (isSame) expect(a).toEqual(b);
  else expect(a).not.toEqual(b);
});
