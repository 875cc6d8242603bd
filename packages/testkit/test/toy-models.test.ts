import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toyAffine, toySlow } from '../src/index.ts';

test('toyAffine(x) is x times [[1, 2], [3, 4], [5, 6]] plus [0.5, -1]', () => {
  expect([...toyAffine([1, 2, 3, 0, 0, 1])]).toEqual([22.5, 27, 5.5, 5]);
});

test('toySlow(x, repeats) moves the values around a circle', () => {
  expect([...toySlow(Float32Array.of(1, 2, 3, 4), 1)]).toEqual([4, 1, 2, 3]);
  expect([...toySlow(Float32Array.of(1, 2, 3, 4), 6)]).toEqual([3, 4, 1, 2]);
});

test('the examples of the README are files that are compiled here', () => {
  const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');
  expect(read('../README.md')).toContain(read('../../inference-onnx/test/contract.process.test.ts'));
  expect(read('../README.md')).toContain(read('../../strategies/test/uncertainty/contract-example.docs.test.ts'));
});
