import { Box2d, boxesFromRows } from '@qualm/types';
import { difference } from '@qualm/viz/svg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countDifferences } from '../src/choose/count-differences.ts';
import { withNames } from '../src/scan/named-boxes.ts';
import type { NamedBoxes } from '../src/scan/named-boxes.ts';

interface Found {
  readonly box: Box2d<'pixels'>;
  readonly label_id: number;
}

const found = fc
  .tuple(fc.nat(30), fc.nat(30), fc.integer({ min: 4, max: 30 }), fc.integer({ min: 4, max: 30 }), fc.nat(2))
  .map(([x, y, width, height, label_id]): Found => ({ box: new Box2d(x, y, x + width, y + height), label_id }));

const counted = (first: readonly Found[], second: readonly Found[]): number => {
  const named = (boxes: readonly Found[]): NamedBoxes => withNames(boxesFromRows(boxes), String);
  return countDifferences(named(first), named(second));
};

/** What both agree on has no words. */
const drawn = (first: readonly Found[], second: readonly Found[]): number =>
  difference(first, second).layers.filter((layer) => layer.kind === 'box' && layer.style.label !== undefined).length;

describe('countDifferences(first, second)', () => {
  it('a thing that both name alike is the same, though another box overlaps more', () => {
    const cat = { box: new Box2d(0, 0, 100, 100), label_id: 1 };
    const dog = { box: new Box2d(0, 0, 100, 90), label_id: 2 };
    const smaller = { box: new Box2d(0, 0, 100, 60), label_id: 1 };
    expect(counted([cat], [dog, smaller])).toBe(1);
    expect(drawn([cat], [dog, smaller])).toBe(1);
  });

  it('is as many as the picture of the difference draws', () => {
    fc.assert(
      fc.property(fc.array(found, { maxLength: 8 }), fc.array(found, { maxLength: 8 }), (first, second) => {
        expect(counted(first, second)).toBe(drawn(first, second));
      }),
    );
  });

  it('is 0 of a list and itself, and all of it beside nothing', () => {
    fc.assert(
      fc.property(fc.array(found, { maxLength: 6 }), (boxes) => {
        expect(counted(boxes, boxes)).toBe(0);
        expect(counted(boxes, [])).toBe(boxes.length);
      }),
    );
  });
});
