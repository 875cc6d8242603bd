import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createGroupSuppressor } from '../../src/heads/group-suppressor.ts';
import type { GroupSuppressor } from '../../src/heads/group-suppressor.ts';
import { KeptBoxes } from '../../src/heads/kept-boxes.ts';
import { createSuppressor } from '../../src/heads/suppressor.ts';

/** Of few places, so that boxes meet at the threshold, are the same, or have no area. */
const side = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 0, max: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 0.1, 1e-23, 3e30) },
);
const box = fc.tuple(side, side, side, side, fc.integer({ min: 0, max: 3 }));
const thresholds = fc.constantFrom(0, 0.1, 0.25, 0.5, 0.6, 1 / 3, 1);

type Box = readonly [number, number, number, number, number];

function kept(suppressor: GroupSuppressor, boxes: readonly Box[]): number[] {
  const flat = Float32Array.from(boxes.flatMap((one) => one.slice(0, 4)));
  suppressor.clear();
  return boxes.flatMap(([, , , , group], row) => (suppressor.keeps(flat, 4 * row, group) ? [row] : []));
}

/** As torchvision's kernel does it, in float32 throughout. */
function expected(boxes: readonly Box[], threshold: number): number[] {
  const f = Math.fround;
  const area = ([left, top, right, bottom]: Box): number => f(f(f(right) - f(left)) * f(f(bottom) - f(top)));
  const overlaps = (a: Box, b: Box): boolean => {
    const width = f(Math.min(f(a[2]), f(b[2])) - Math.max(f(a[0]), f(b[0])));
    const height = f(Math.min(f(a[3]), f(b[3])) - Math.max(f(a[1]), f(b[1])));
    if (!(width > 0 && height > 0)) return false;
    const shared = f(width * height);
    return f(shared / f(f(area(a) + area(b)) - shared)) > threshold;
  };
  const rows: number[] = [];
  boxes.forEach((one, row) => {
    if (!rows.some((other) => boxes[other]![4] === one[4] && overlaps(boxes[other]!, one))) rows.push(row);
  });
  return rows;
}

it.each([
  ['by WebAssembly', (threshold: number) => createSuppressor(4, threshold, 100)],
  ['in plain', (threshold: number) => createGroupSuppressor(4, () => new KeptBoxes(threshold))],
  ['of many', (threshold: number) => createSuppressor(4, threshold, 1e6)],
])('a suppressor, %s, keeps boxes that overlap no better one of their group too much', (_, create) => {
  fc.assert(
    fc.property(fc.array(box, { maxLength: 80 }), fc.array(box, { maxLength: 80 }), thresholds, (first, second, at) => {
      const suppressor = create(at);
      expect(kept(suppressor, first)).toEqual(expected(first, at));
      expect(kept(suppressor, second)).toEqual(expected(second, at));
    }),
    { numRuns: 200 },
  );
});
