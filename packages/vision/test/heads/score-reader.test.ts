import * as fc from 'fast-check';
import type { Anchors } from '@qualm/types';
import { expect, it } from 'vitest';
import { createPower } from '../../src/heads/power.ts';
import { createScoreReader } from '../../src/heads/score-reader.ts';

/* WebAssembly takes 8,192 numbers and 128 rows at a time. */

const odd = [NaN, Infinity, -Infinity, -0.5, 0, -0, 1e-45, 1e-39, 1, 3e38];
const number = fc.oneof(
  { weight: 9, arbitrary: fc.float({ min: 0, max: 1, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(...odd) },
);

function anchorsOf(data: Float32Array, numAnchors: number, order: 'rows' | 'columns', exponent: number): Anchors {
  const numClasses = data.length / numAnchors;
  const strides =
    order === 'rows' ? { anchorStride: numClasses, classStride: 1 } : { anchorStride: 1, classStride: numAnchors };
  const power = createPower(exponent);
  const factor = (anchor: number): number => anchor / 3;
  return {
    scores: { data, offset: 0, numAnchors, numClasses, ...strides },
    activation: {
      floor: () => 0,
      score: (anchor, raw) => factor(anchor) * power(raw),
      power: { exponent, factor },
    },
    raw: [],
    readBox: () => {},
  };
}

it('scores that are powers are, many at once, what the activation says of each', () => {
  const given = fc.record({
    numbers: fc.array(number, { minLength: 1, maxLength: 60 }),
    numAnchors: fc.constantFrom(1, 3, 150, 300),
    numClasses: fc.constantFrom(1, 2, 3, 5, 80, 129),
    order: fc.constantFrom<'rows' | 'columns'>('rows', 'columns'),
    exponent: fc.constantFrom(0.4, 0.6, 1, 2.5),
  });
  fc.assert(
    fc.property(given, ({ numbers, numAnchors, numClasses, order, exponent }) => {
      const data = Float32Array.from({ length: numAnchors * numClasses }, (_, i) => numbers[i % numbers.length]!);
      const anchors = anchorsOf(data, numAnchors, order, exponent);
      const which = Int32Array.from({ length: numAnchors }, (_, row) => numAnchors - 1 - row);
      const { anchorStride, classStride } = anchors.scores;
      const each = Float32Array.from({ length: data.length }, (_, i) => {
        const anchor = which[Math.floor(i / numClasses)]!;
        return anchors.activation.score(anchor, data[anchor * anchorStride + (i % numClasses) * classStride]!);
      });
      const found = new Float32Array(data.length);
      createScoreReader()(anchors, which, found);
      expect(found).toEqual(each);
    }),
    { numRuns: 60 },
  );
});

it('a score reader takes more classes than WebAssembly has room for', () => {
  const data = Float32Array.from({ length: 20_000 }, (_, i) => i / 20_000);
  const found = new Float32Array(10_000);
  createScoreReader()(anchorsOf(data, 2, 'rows', 0.5), Int32Array.of(1), found);
  expect(found[5000]).toBe(Math.fround((1 / 3) * createPower(0.5)(data[15_000]!)));
});
