import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hitBox } from '../src/page/picture/hit-box.ts';
import { labelPlaces } from '../src/page/picture/label-places.ts';

const frame = { width: 300, height: 200 };

describe('labelPlaces(labels, frame)', () => {
  const number = (max: number) => fc.double({ min: 0, max, noNaN: true });
  const label = fc.record({
    size: fc.record({ width: fc.double({ min: 5, max: 80, noNaN: true }), height: fc.constant(16) }),
    target: fc.record({ x: number(280), y: number(190), width: number(300), height: number(200) }),
  });

  it('has no free label that covers another one, and none outside of the frame', () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 60 }), (labels) => {
        const places = labelPlaces(labels, frame);
        expect(places).toHaveLength(labels.length);
        const free = places.filter(({ isFree }) => isFree);
        for (const [at, one] of free.entries()) {
          expect(one.x >= 0 && one.y >= 0 && one.x + one.width <= 300 && one.y + one.height <= 200).toBe(true);
          for (const two of free.slice(at + 1)) {
            const across = Math.min(one.x + one.width, two.x + two.width) - Math.max(one.x, two.x);
            const down = Math.min(one.y + one.height, two.y + two.height) - Math.max(one.y, two.y);
            expect(Math.min(across, down)).toBeLessThanOrEqual(0.01);
          }
        }
      }),
    );
  });

  it('gives the first label the first choice, and frees the room of those that find none', () => {
    const small = { width: 40, height: 16 };
    const one = { size: { width: 40, height: 16 }, target: { x: 0, y: 0, width: 40, height: 16 } };
    const places = labelPlaces(Array.from({ length: 3 }, () => one), small); // prettier-ignore
    expect(places.map(({ isFree }) => isFree)).toEqual([true, false, false]);
    expect(labelPlaces([one, one], frame).every(({ isFree }) => isFree)).toBe(true);
  });
});

describe('hitBox(boxes, x, y, chosen)', () => {
  const boxes = [
    { at: 0, left: 0, top: 0, width: 100, height: 100 },
    { at: 1, left: 10, top: 10, width: 20, height: 20 },
    { at: 2, left: 5, top: 5, width: 50, height: 50 },
    { at: 3, left: 10, top: 10, width: 0, height: 0 },
  ];

  it.each([
    [15, 15, null, 1],
    [15, 15, 1, 2],
    [15, 15, 2, 0],
    [15, 15, 0, 1],
    [90, 90, 1, 0],
    [90, 90, 0, 0],
    [200, 5, 1, null],
  ])('(%i, %i) after %j is %j', (x, y, chosen, expected) => expect(hitBox(boxes, x, y, chosen)).toBe(expected));
});
