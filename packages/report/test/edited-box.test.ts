import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { between, clipped, grips, lookedAt, moved, resized } from '../src/page/questions/edited-box.ts';
import type { Edges } from '../src/page/questions/edited-box.ts';

const size = { width: 100, height: 60 };
const tenth = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: 10 * most }).map((value) => value / 10);
const edges: fc.Arbitrary<Edges> = fc
  .tuple(tenth(98), tenth(58), tenth(100), tenth(60))
  .map(([x, y, right, bottom]) => [x, y, Math.max(x + 1, right), Math.max(y + 1, bottom)]);
const step = fc.double({ min: -300, max: 300, noNaN: true });
const isInside = ([xmin, ymin, xmax, ymax]: Edges): boolean => xmin >= 0 && ymin >= 0 && xmax <= 100 && ymax <= 60;

describe('a box that is edited', () => {
  it('keeps its size where it is moved, and stays in the image', () => {
    fc.assert(
      fc.property(edges, step, step, (box, x, y) => {
        const [xmin, ymin, xmax, ymax] = moved(box, x, y, size);
        expect(isInside([xmin, ymin, xmax, ymax])).toBe(true);
        expect(xmax - xmin).toBeCloseTo(box[2] - box[0], 6);
        expect(ymax - ymin).toBeCloseTo(box[3] - box[1], 6);
      }),
    );
  });

  it('keeps its other sides where one is dragged, and an area', () => {
    fc.assert(
      fc.property(edges, fc.constantFrom(...grips), step, step, (box, grip, x, y) => {
        const result = resized(box, grip, x, y, size);
        expect(isInside(result)).toBe(true);
        expect(Math.min(result[2] - result[0], result[3] - result[1])).toBeGreaterThan(0.9);
        const kept = [grip.x >= 0, grip.y >= 0, grip.x <= 0, grip.y <= 0];
        kept.forEach((isKept, side) => isKept && expect(result[side]).toBe(box[side]));
      }),
    );
  });

  it('moves by what is asked, to a tenth of a pixel', () => {
    expect(moved([10, 10, 20, 20], 1.26, -2, size)).toEqual([11.3, 8, 21.3, 18]);
    expect(resized([10, 10, 20, 20], { x: 1, y: 0 }, 5, 5, size)).toEqual([10, 10, 25, 20]);
    expect(resized([10, 10, 20, 20], { x: -1, y: 1 }, -50, 2, size)).toEqual([0, 10, 20, 22]);
  });

  it('is drawn between any two corners, and not where it has no area', () => {
    expect(between([30, 50], [10, 20], size)).toEqual([10, 20, 30, 50]);
    expect(between([-5, 20], [150, 90], size)).toEqual([0, 20, 100, 60]);
    expect(between([10, 20], [10.5, 50], size)).toBeNull();
    expect(clipped({ xmin: -3, ymin: 4, xmax: 120, ymax: 9 }, size)).toEqual([0, 4, 100, 9]);
  });

  it('is looked at with what is around it, as far as the picture goes', () => {
    const picture = { x: 0, y: 0, ...size };
    fc.assert(
      fc.property(edges, (box) => {
        const { x, y, width, height } = lookedAt(box, picture);
        expect(x <= box[0] && y <= box[1]).toBe(true);
        expect(x + width >= box[2] - 1e-9 && y + height >= box[3] - 1e-9).toBe(true);
        expect(x >= 0 && y >= 0 && x + width <= 100 + 1e-9 && y + height <= 60 + 1e-9).toBe(true);
      }),
    );
    expect(lookedAt([40, 20, 60, 40], picture)).toEqual({ x: 28, y: 8, width: 44, height: 44 });
  });
});
