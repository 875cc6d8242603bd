import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resampleWeights } from '../src/resample-weights.ts';
import type { Filter } from '../src/resample-weights.ts';

/** First input and weights of each output, as fractions. */
function unpacked(input: number, output: number, filter: Filter): { first: number; weights: number[] }[] {
  const { bytes, groups, ranges } = resampleWeights({ input, output, first: 0, count: output, isDown: true }, filter);
  const [[from]] = ranges as [readonly [number, number]];
  const view = new DataView(bytes.buffer);
  return Array.from({ length: output }, (_, index) => {
    const at = index * (4 + 8 * groups);
    const weights = Array.from({ length: 2 * groups }, (__, tap) => {
      const place = at + 4 + 8 * (tap >> 1) + 2 * (tap & 1);
      return (view.getInt16(place, true) * 2048 + view.getInt16(place + 4, true)) / 2 ** 22;
    });
    return { first: from + view.getUint32(at, true), weights };
  });
}

const filters = fc.constantFrom<Filter>('bilinear', 'bicubic', 'lanczos3', 'nearest');
const side = fc.integer({ min: 1, max: 300 });

describe('resampleWeights', () => {
  it('resampleWeights(4, 2, bilinear) are 1:3:3 and 3:3:1 of 7', () => {
    const [left, right] = unpacked(4, 2, 'bilinear');
    expect(left!.first).toBe(0);
    expect(right!.first).toBe(1);
    [3, 3, 1, 0].forEach((part, tap) => expect(left!.weights[tap]).toBeCloseTo(part / 7, 6));
    [1, 3, 3, 0].forEach((part, tap) => expect(right!.weights[tap]).toBeCloseTo(part / 7, 6));
  });

  it('resampleWeights(2, 4, nearest) takes each input twice', () => {
    expect(unpacked(2, 4, 'nearest').map(({ first, weights }) => [first, weights[0]])).toEqual([
      [0, 1],
      [0, 1],
      [1, 1],
      [1, 1],
    ]);
  });

  it('resampleWeights of equal sizes change nothing', () => {
    fc.assert(
      fc.property(side, filters, (size, filter) => {
        for (const [index, { first, weights }] of unpacked(size, size, filter).entries()) {
          expect(weights[index - first]).toBeCloseTo(1, 6);
        }
      }),
    );
  });

  it('resampleWeights sum to 1, and no weight lies outside of the input', () => {
    fc.assert(
      fc.property(side, side, filters, (input, output, filter) => {
        for (const { first, weights } of unpacked(input, output, filter)) {
          expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 4);
          expect(weights.findLastIndex((weight) => weight !== 0) + first).toBeLessThan(input);
        }
      }),
    );
  });
});
