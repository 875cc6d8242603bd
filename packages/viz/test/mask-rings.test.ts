import { Mask } from '@qualm/types';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskRings } from '../src/mask-rings.ts';

/** Even-odd: how many edges lie left of a pixel's middle. */
function fill(rings: readonly ArrayLike<number>[], width: number, height: number): Uint8Array {
  const bitmap = new Uint8Array(width * height);
  for (const ring of rings) {
    for (let index = 0; index < ring.length; index += 2) {
      const [x, y, nextX, nextY] = [0, 1, 2, 3].map((step) => ring[(index + step) % ring.length]!) as [
        number,
        number,
        number,
        number,
      ];
      if (x !== nextX) continue;
      for (let row = Math.min(y, nextY); row < Math.max(y, nextY); row++) {
        for (let column = x; column < width; column++) bitmap[row * width + column]! ^= 1;
      }
    }
  }
  return bitmap;
}

test('maskRings filled by the even-odd rule are the mask again, holes and corners included', () => {
  const masks = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
    .chain(([width, height]) =>
      fc
        .uint8Array({ minLength: width * height, maxLength: width * height, max: 1 })
        .map((data) => ({ width, height, data })),
    );
  fc.assert(
    fc.property(masks, ({ width, height, data }) => {
      expect(fill(maskRings(Mask.fromBitmap(data, { width, height })), width, height)).toEqual(data);
    }),
    { numRuns: 500 },
  );
});

test('maskRings keeps only corners', () => {
  expect(maskRings(Mask.fromRle([0, 12], { width: 4, height: 3 }))).toEqual([[0, 0, 4, 0, 4, 3, 0, 3]]);
});
