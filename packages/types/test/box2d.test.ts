import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { Box2d } from '../src/index.ts';
import type { BoxSpace } from '../src/index.ts';

const B = (xmin: number, ymin: number, xmax: number, ymax: number) => new Box2d(xmin, ymin, xmax, ymax);
const relative = new Box2d(0.1, 0.2, 0.3, 0.4, 'relative');
const size = { width: 200, height: 100 };

const boxes = fc
  .tuple(
    ...Array.from({ length: 4 }, () => fc.double({ min: 0, max: 1e6, noNaN: true }).filter((x) => x === 0 || x > 1e-6)),
  )
  .map(([x0, y0, x1, y1]) => B(Math.min(x0!, x1!), Math.min(y0!, y1!), Math.max(x0!, x1!), Math.max(y0!, y1!)));

describe('new Box2d(xmin, ymin, xmax, ymax, space)', () => {
  it('is in pixels when nothing is said', () => {
    expect(B(1, 2, 3, 4).space).toBe('pixels');
    expect(relative.space).toBe('relative');
  });

  it('has a width, a height and an area, and iterates its numbers', () => {
    expect(B(1, 2, 4, 7)).toMatchObject({ width: 3, height: 5, area: 15 });
    expect([...B(1, 2, 3, 4)]).toEqual([1, 2, 3, 4]);
  });

  it('may have no area', () => {
    expect(B(3, 3, 3, 3).area).toBe(0);
  });

  it('cannot be changed', () => {
    expect(() => Object.assign(B(1, 2, 3, 4), { xmin: 0 })).toThrow(TypeError);
  });

  it.each([
    [-1, 0, 1, 1],
    [0, -1, 1, 1],
    [2, 0, 1, 1],
    [0, 2, 1, 1],
    [NaN, 0, 1, 1],
    [0, 0, NaN, 1],
    [0, 0, 1, NaN],
    [0, 0, Infinity, 1],
  ])('refuses (%d, %d, %d, %d)', (xmin, ymin, xmax, ymax) => {
    expect(() => B(xmin, ymin, xmax, ymax)).toThrow(RangeError);
    expect(() => B(xmin, ymin, xmax, ymax)).toThrow('is not a box; expected 0 <= xmin <= xmax');
  });

  it('refuses a space that it does not know', () => {
    expect(() => new Box2d(0, 0, 1, 1, 'metres' as BoxSpace)).toThrow(
      "space is metres; expected 'pixels' or 'relative'",
    );
  });
});

describe('other makers', () => {
  it('Box2d.fromTopLeft(x, y, width, height)', () => {
    expect(Box2d.fromTopLeft(1, 2, 3, 4)).toEqual(B(1, 2, 4, 6));
    expect(Box2d.fromTopLeft(0.1, 0.2, 0.2, 0.2, 'relative').space).toBe('relative');
    expect(() => Box2d.fromTopLeft(1, 2, -3, 4)).toThrow(RangeError);
  });

  it('Box2d.fromCenter(cx, cy, width, height)', () => {
    expect(Box2d.fromCenter(5, 5, 4, 2)).toEqual(B(3, 4, 7, 6));
    expect(Box2d.fromCenter(0.5, 0.5, 1, 1, 'relative').space).toBe('relative');
    expect(() => Box2d.fromCenter(1, 5, 4, 2)).toThrow(RangeError);
  });
});

describe('box.scale(factor)', () => {
  it('B(1,2,3,4) / 2 is B(.5,1,1.5,2); times (10, 7.5) it is B(10,15,30,30)', () => {
    expect(B(1, 2, 3, 4).scale(0.5)).toEqual(B(0.5, 1, 1.5, 2));
    expect(B(1, 2, 3, 4).scale([10, 7.5])).toEqual(B(10, 15, 30, 30));
    expect(relative.scale(2).space).toBe('relative');
  });

  it.each([0, -1, NaN, Infinity])('refuses %d', (factor) => {
    expect(() => B(1, 2, 3, 4).scale(factor)).toThrow(`factor is (${factor}, ${factor}); expected positive`);
    expect(() => B(1, 2, 3, 4).scale([1, factor])).toThrow(RangeError);
  });
});

describe('box.iou(other)', () => {
  it.each<[string, Box2d, Box2d, number]>([
    ['a quarter each', B(0, 0, 20, 20), B(10, 10, 30, 30), 1 / 7],
    ['a corner', B(0, 0, 20, 20), B(15, 15, 35, 35), 25 / 775],
    ['the same box', B(1, 2, 3, 4), B(1, 2, 3, 4), 1],
    ['touching', B(0, 0, 10, 10), B(10, 0, 20, 10), 0],
    ['apart', B(0, 0, 1, 1), B(5, 5, 6, 6), 0],
    ['no area in the union', B(1, 1, 1, 1), B(1, 1, 1, 1), 0],
    ['no area in one', B(1, 1, 1, 1), B(0, 0, 2, 2), 0],
  ])('%s', (_, first, second, expected) => {
    expect(first.iou(second)).toBe(expected);
  });

  it('takes several boxes', () => {
    expect(B(0, 0, 20, 20).iou([B(10, 10, 30, 30), B(15, 15, 35, 35)])).toEqual(Float64Array.of(1 / 7, 25 / 775));
    expect(B(0, 0, 20, 20).iou([])).toEqual(new Float64Array(0));
  });

  it('Box2d.ious(first, second) is a matrix', () => {
    const first = [B(0, 0, 10, 10), B(0, 0, 20, 20)];
    const second = [B(5, 5, 10, 10), B(10, 10, 20, 20)];
    expect(Box2d.ious(first, second)).toEqual([Float64Array.of(0.25, 0), Float64Array.of(0.0625, 0.25)]);
    expect(Box2d.ious([], second)).toEqual([]);
    expect(Box2d.ious(first, [])).toEqual([new Float64Array(0), new Float64Array(0)]);
  });

  it('is symmetric, within 0..1, and 1 for a box with itself', () => {
    fc.assert(
      fc.property(boxes, boxes, (first, second) => {
        const value = first.iou(second);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(second.iou(first)).toBe(value);
        expect(first.iou(first)).toBe(first.area > 0 ? 1 : 0);
      }),
    );
  });
});

describe('box.intersection(other)', () => {
  it('(0,0,100,20) and (50,10,120,30) share (50,10,100,20)', () => {
    expect(B(0, 0, 100, 20).intersection(B(50, 10, 120, 30))).toEqual(B(50, 10, 100, 20));
    expect(relative.intersection(new Box2d(0.2, 0.3, 0.9, 0.9, 'relative'))?.space).toBe('relative');
  });

  it('is null where boxes touch or are apart', () => {
    expect(B(0, 0, 10, 10).intersection(B(10, 0, 20, 10))).toBeNull();
    expect(B(0, 0, 10, 10).intersection(B(30, 30, 40, 40))).toBeNull();
  });

  it('lies in both, and IoU is its area over that of the union', () => {
    fc.assert(
      fc.property(boxes, boxes, (first, second) => {
        const shared = first.intersection(second);
        expect(second.intersection(first)).toEqual(shared);
        const area = shared?.area ?? 0;
        expect(first.iou(second)).toBeCloseTo(area === 0 ? 0 : area / (first.area + second.area - area), 12);
      }),
    );
  });
});

describe('boxes and images', () => {
  it('box.clip(size) keeps what is inside', () => {
    expect(B(150, 50, 250, 150).clip(size)).toEqual(B(150, 50, 200, 100));
    expect(B(250, 10, 300, 20).clip(size)).toEqual(B(200, 10, 200, 20));
    expect(B(1, 2, 3, 4).clip(size)).toEqual(B(1, 2, 3, 4));
  });

  it('box.toRelative(size) and box.toPixels(size)', () => {
    expect(B(20, 20, 60, 40).toRelative(size)).toEqual(new Box2d(0.1, 0.2, 0.3, 0.4, 'relative'));
    expect(new Box2d(0.25, 0.5, 0.75, 1, 'relative').toPixels(size)).toEqual(B(50, 50, 150, 100));
    expect(B(300, 0, 400, 50).toRelative(size).xmax).toBe(2);
  });

  it('there and back is the same box', () => {
    fc.assert(
      fc.property(boxes, (box) => {
        const back = box.toRelative(size).toPixels(size);
        [...back].forEach((value, index) => expect(value).toBeCloseTo([...box][index]!, 8));
      }),
    );
  });

  it.each([
    { width: 0, height: 1 },
    { width: 1, height: NaN },
  ])('refuse the size %j', (wrong) => {
    expect(() => B(1, 2, 3, 4).clip(wrong)).toThrow(RangeError);
    expect(() => B(1, 2, 3, 4).toRelative(wrong)).toThrow(RangeError);
    expect(() => relative.toPixels(wrong)).toThrow(RangeError);
  });
});

describe('spaces do not mix', () => {
  const pixels = B(1, 2, 3, 4);

  it('by type', () => {
    expect(pixels.space).not.toBe(relative.space);
    expectTypeOf(pixels).toEqualTypeOf<Box2d>();
    expectTypeOf(pixels).toEqualTypeOf<Box2d<'pixels'>>();
    expectTypeOf(relative).toEqualTypeOf<Box2d<'relative'>>();
    expectTypeOf(relative.toPixels(size)).toEqualTypeOf<Box2d>();
    expectTypeOf(pixels.toRelative(size).scale(2)).toEqualTypeOf<Box2d<'relative'>>();
    expectTypeOf(Box2d.fromTopLeft(1, 2, 3, 4)).toEqualTypeOf<Box2d>();
    expectTypeOf(relative).not.toExtend<Box2d>();
    expectTypeOf(pixels).toExtend<Box2d<BoxSpace>>();
  });

  it('where types were bypassed', () => {
    // @ts-expect-error a relative box
    expect(() => pixels.iou(relative)).toThrow('Box2d.iou: one box is pixels, the other relative; convert one');
    // @ts-expect-error a relative box among others
    expect(() => pixels.iou([pixels, relative])).toThrow(RangeError);
    // @ts-expect-error a matrix of both
    expect(() => Box2d.ious([pixels], [relative])).toThrow(RangeError);
    // @ts-expect-error a box in pixels
    expect(() => relative.intersection(pixels)).toThrow('Box2d.intersection: one box is relative');
    // @ts-expect-error clipping wants pixels
    expect(() => relative.clip(size)).toThrow('is relative; expected a box that is pixels');
    // @ts-expect-error it is relative already
    expect(() => relative.toRelative(size)).toThrow(RangeError);
    // @ts-expect-error it is in pixels already
    expect(() => pixels.toPixels(size)).toThrow(RangeError);
  });

  it('but any two boxes can be compared', () => {
    expect(pixels.equals(B(1, 2, 3, 4))).toBe(true);
    expect(pixels.equals(B(1, 2, 3, 5))).toBe(false);
    expect(B(0, 0, 1, 1).equals(new Box2d(0, 0, 1, 1, 'relative'))).toBe(false);
  });
});

it('box.toString() says the numbers, and the space where it is not pixels', () => {
  expect(String(B(1, 2, 3, 4))).toBe('Box2d(1, 2, 3, 4)');
  expect(String(relative)).toBe('Box2d(0.1, 0.2, 0.3, 0.4, relative)');
});
