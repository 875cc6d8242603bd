import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeTags } from '../src/place-tags.ts';

const frame = { width: 200, height: 100 };
const size = { width: 40, height: 10 };
const place = (x: number, y: number, width: number, height: number) =>
  placeTags([{ size, target: { x, y, width, height }, anchor: 'top-left' }], frame)[0]!;

describe('placeTags', () => {
  test('stands on the box where there is room', () => {
    expect(place(20, 30, 60, 40)).toMatchObject({ x: 20, y: 20 });
  });

  test('goes inside a large box at the upper edge, below a small one', () => {
    expect(place(20, 0, 60, 40)).toMatchObject({ x: 20, y: 0 });
    expect(place(20, 0, 10, 12)).toMatchObject({ x: 20, y: 12 });
  });

  test('moves left where it would leave the frame', () => {
    expect(place(180, 50, 15, 40)).toMatchObject({ x: 160, y: 40 });
  });

  test('two tags of one box do not cover each other', () => {
    const request = { size, target: { x: 20, y: 30, width: 60, height: 40 }, anchor: 'top-left' } as const;
    expect(placeTags([request, request], frame).map(({ y }) => y)).toEqual([20, 30]);
  });

  test('never leaves the frame, whatever the targets', () => {
    const rect = fc.record({
      x: fc.double({ min: 0, max: 190, noNaN: true }),
      y: fc.double({ min: 0, max: 90, noNaN: true }),
      width: fc.double({ min: 0, max: 200, noNaN: true }),
      height: fc.double({ min: 0, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(rect, { maxLength: 30 }), (targets) => {
        const requests = targets.map((target) => ({ size, target, anchor: 'top-left' as const }));
        for (const { x, y, width, height } of placeTags(requests, frame)) {
          expect(x >= 0 && y >= 0 && x + width <= frame.width && y + height <= frame.height).toBe(true);
        }
      }),
    );
  });
});
