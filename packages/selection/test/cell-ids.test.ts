import { describe, expect, it } from 'vitest';
import { Box2d } from '@qualm/types';
import { cellIds } from '../src/scan/cell-ids.ts';
import type { NamedBox } from '../src/scan/cell-ids.ts';

const dog: NamedBox = { box: new Box2d(1, 2.04, 30.26, 40), label: 'dog' };
const cat: NamedBox = { box: new Box2d(1, 2, 30, 40), label: 'cat' };

describe('cellIds(imageId, boxes)', () => {
  it('names image, class and box, whatever the place', () => {
    expect(cellIds('a.jpg', [dog, cat]).boxes).toEqual(['a.jpg#dog@1,2,30.3,40', 'a.jpg#cat@1,2,30,40']);
    expect(cellIds('a.jpg', [cat, dog]).boxes.toReversed()).toEqual(cellIds('a.jpg', [dog, cat]).boxes);
  });

  it('tells boxes of another class, place or image from each other', () => {
    const shifted = { ...dog, box: new Box2d(2, 2, 31, 40) };
    const ids = [
      ...cellIds('a.jpg', [dog, cat, shifted, { ...dog, label: null }]).boxes,
      ...cellIds(7, [dog]).boxes,
      ...cellIds(71, [dog]).boxes,
    ];
    expect(new Set(ids).size).toBe(6);
  });

  it('counts the copies of a box', () => {
    expect(cellIds(1, [dog, dog, dog]).boxes.map((id) => id.slice(-2))).toEqual(['40', '~2', '~3']);
  });

  it('names an image by what was found in it, in any order', () => {
    const { image } = cellIds('a.jpg', [dog, cat]);
    expect(image).toMatch(/^a\.jpg#[0-9a-f]{12}$/);
    expect(cellIds('a.jpg', [cat, dog]).image).toBe(image);
    const others = [cellIds('a.jpg', [dog]), cellIds('a.jpg', []), cellIds('b.jpg', [dog, cat])];
    expect(new Set([image, ...others.map((ids) => ids.image)]).size).toBe(4);
  });
});
