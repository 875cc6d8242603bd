import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { npyHeader, npyOfIntegers, npyOfTexts } from '../../src/blocks/npy.ts';

/** Bytes of numpy.save, in base64. */
interface Saved<T> {
  readonly values: readonly T[];
  readonly bytes: string;
}

interface Fixture {
  readonly integers: Saved<number>;
  readonly texts: Saved<string>;
  readonly none: { readonly bytes: string };
  readonly matrix: { readonly bytes: string };
}

const saved = JSON.parse(readFileSync(new URL('../../fixtures/npy/arrays.json', import.meta.url), 'utf8')) as Fixture;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

it('npyOfIntegers(numbers) is what numpy.save writes', () => {
  expect(base64(npyOfIntegers(saved.integers.values))).toBe(saved.integers.bytes);
});

it('npyOfTexts(texts) is what numpy.save writes', () => {
  expect(base64(npyOfTexts(saved.texts.values))).toBe(saved.texts.bytes);
  expect(base64(npyOfTexts([]))).toBe(saved.none.bytes);
});

it('npyHeader(type, shape) and the values are what numpy.save writes', () => {
  const values = Buffer.from(Float32Array.of(0.5, 0.25, 1).buffer);
  expect(base64(Buffer.concat([npyHeader('<f4', [1, 3]), values]))).toBe(saved.matrix.bytes);
});
