import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Box2d, Mask } from '../src/index.ts';
import type { Size } from '../src/index.ts';

interface Summary {
  readonly size: [width: number, height: number];
  readonly counts: string;
  readonly area: number;
  readonly bbox: [x: number, y: number, width: number, height: number];
}

interface Fixture {
  readonly polygons: (Summary & { readonly name: string; readonly rings: number[][] })[];
  readonly bitmaps: (Summary & { readonly rle: number[] })[];
  readonly merges: {
    readonly size: [number, number];
    readonly masks: string[];
    readonly iscrowd: boolean[];
    readonly ious: number[][];
    readonly crowdIous: number[][];
    readonly merges: { readonly of: number[]; readonly union: string; readonly intersection: string }[];
  }[];
  readonly longRuns: { readonly size: [number, number]; readonly runs: number[]; readonly counts: string }[];
}

const fixture = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/masks/pycocotools.json'), 'utf8'),
) as Fixture;

function sizeOf([width, height]: readonly [number, number]): Size {
  return { width, height };
}

function xywh(mask: Mask): number[] {
  const { box } = mask;
  return box === null ? [0, 0, 0, 0] : [box.xmin, box.ymin, box.width, box.height];
}

const sizes = fc.record({ width: fc.integer({ min: 1, max: 24 }), height: fc.integer({ min: 1, max: 24 }) });
const bitmapsOf = ({ width, height }: Size) =>
  fc
    .array(fc.constantFrom(0, 1), { minLength: width * height, maxLength: width * height })
    .map((pixels) => Uint8Array.from(pixels));
const bitmaps = sizes.chain((size) => bitmapsOf(size).map((data) => ({ size, data })));
const pairs = sizes.chain((size) => fc.tuple(fc.constant(size), bitmapsOf(size), bitmapsOf(size)));

describe('polygons are drawn as pycocotools draws them', () => {
  it.each(fixture.polygons)('$name', ({ size, rings, counts, area, bbox }) => {
    const mask = Mask.fromPolygons(rings, sizeOf(size));
    expect(mask.toCocoString()).toBe(counts);
    expect(mask.area).toBe(area);
    expect(xywh(mask)).toEqual(bbox);
  });

  it('no rings give an empty mask', () => {
    expect([...Mask.fromPolygons([], { width: 3, height: 2 }).toCocoRle()]).toEqual([6]);
    expect([...Mask.fromPolygons([[]], { width: 3, height: 2 }).toCocoRle()]).toEqual([6]);
  });
});

describe('every encoding has the runs, area and box that pycocotools finds', () => {
  it.each(fixture.bitmaps)('bitmap %#', ({ size: [width, height], rle, counts, area, bbox }) => {
    const size = { width, height };
    const fromRle = Mask.fromRle(rle, size);
    const masks = [
      fromRle,
      Mask.fromBitmap(fromRle.toBitmap(), size),
      Mask.fromCocoString(counts, size),
      Mask.fromCocoRle(Mask.fromCocoString(counts, size).toCocoRle(), size),
      Mask.fromPolygons(fromRle.toPolygons(), size),
    ];
    for (const mask of masks) {
      expect([...mask.toRle()]).toEqual(rle);
      expect(mask.toCocoString()).toBe(counts);
      expect(mask.area).toBe(area);
      expect(xywh(mask)).toEqual(bbox);
      expect(mask.toBitmap()).toEqual(fromRle.toBitmap());
    }
  });
});

describe('compressed strings', () => {
  it.each(fixture.longRuns)('$runs both ways', ({ size, runs, counts }) => {
    expect(Mask.fromCocoRle(runs, sizeOf(size)).toCocoString()).toBe(counts);
    expect([...Mask.fromCocoString(counts, sizeOf(size)).toCocoRle()]).toEqual(runs);
  });

  it('a string of many runs is written whole', () => {
    const width = 20_000;
    const counts = new Uint32Array(width).fill(1);
    const text = Mask.fromCocoRle(counts, { width, height: 1 }).toCocoString();
    expect(Mask.fromCocoString(text, { width, height: 1 }).toCocoRle()).toEqual(counts);
  });

  it.each([
    ['1 ', 'hold " " at 1'],
    ['1\u00ff', 'at 1; expected characters from "0" to "o"'],
    ['1Q', 'end within a number, after 2 characters'],
    ['ooooooooo', 'past 32 bits'],
    ['O', 'negative length -1 at run 0'],
    ['6', 'RLE counts sum to 6; expected 3 x 4 = 12'],
    ['', 'RLE counts sum to 0; expected 3 x 4 = 12'],
  ])('%j is refused', (text, message) => {
    expect(() => Mask.fromCocoString(text, { width: 3, height: 4 })).toThrow(message);
    expect(() => Mask.fromCocoString(text, { width: 3, height: 4 })).toThrow(RangeError);
  });
});

describe.each(fixture.merges)('masks of $size', ({ size, masks: texts, iscrowd, ious, crowdIous, merges }) => {
  const masks = texts.map((text) => Mask.fromCocoString(text, sizeOf(size)));

  it('Mask.ious(first, second) equals pycocotools', () => {
    expect(Mask.ious(masks, masks).map((row) => [...row])).toEqual(ious);
  });

  it('Mask.ious(first, second, iscrowd) equals pycocotools', () => {
    expect(Mask.ious(masks, masks, iscrowd).map((row) => [...row])).toEqual(crowdIous);
  });

  it('mask.iou(other) is one cell of the matrix', () => {
    expect(masks[0]!.iou(masks[1]!)).toBe(ious[0]![1]);
    expect(masks[0]!.iou(masks[1]!, { iscrowd: true })).toBe(crowdIous[0]![1]);
  });

  it.each(merges)('union and intersection of $of', ({ of, union, intersection }) => {
    const chosen = of.map((index) => masks[index]!);
    expect(Mask.union(chosen).toCocoString()).toBe(union);
    expect(Mask.intersection(chosen).toCocoString()).toBe(intersection);
  });
});

describe('what the runs mean', () => {
  it('row-major counts start with zeros', () => {
    expect([...Mask.fromBitmap(Uint8Array.of(0, 0, 0, 1, 1, 0, 0), { width: 7, height: 1 }).toRle()]).toEqual([
      3, 2, 2,
    ]);
    expect([...Mask.fromBitmap(Uint8Array.of(1, 1, 0, 0), { width: 4, height: 1 }).toRle()]).toEqual([0, 2, 2]);
  });

  it('[1, 2, 3] is another picture along rows than along columns', () => {
    const size = { width: 3, height: 2 };
    expect([...Mask.fromRle([1, 2, 3], size).toBitmap()]).toEqual([0, 1, 1, 0, 0, 0]);
    expect([...Mask.fromCocoRle([1, 2, 3], size).toBitmap()]).toEqual([0, 1, 0, 1, 0, 0]);
  });

  it('runs of length 0 within change nothing', () => {
    const size = { width: 5, height: 2 };
    const odd = Mask.fromCocoRle([0, 0, 2, 0, 1, 3, 0, 0, 4, 0], size);
    const even = Mask.fromCocoRle([3, 3, 4], size);
    expect(odd.toBitmap()).toEqual(even.toBitmap());
    expect(odd.area).toBe(3);
    expect(odd.box!.equals(even.box!)).toBe(true);
    expect(odd.iou(even)).toBe(1);
    expect([...Mask.union([odd, even]).toCocoRle()]).toEqual([3, 3, 4]);
  });

  it('the box of an empty mask is null', () => {
    expect(Mask.fromRle([6], { width: 3, height: 2 }).box).toBeNull();
  });

  it('every value but 0 is part of a bitmap', () => {
    expect(Mask.fromBitmap(Uint8Array.of(255, 1, 0), { width: 3, height: 1 }).area).toBe(2);
  });

  it('what is held comes back as it was given', () => {
    const size = { width: 3, height: 2 };
    const counts = Uint32Array.of(1, 2, 3);
    expect(Mask.fromRle(counts, size).toRle()).toBe(counts);
    expect(Mask.fromCocoRle(counts, size).toCocoRle()).toBe(counts);
    const rings = [[0, 0, 2, 0, 2, 2]];
    expect(Mask.fromPolygons(rings, size).toPolygons()).toBe(rings);
  });
});

describe('Mask.fromCoco(segmentation, size)', () => {
  const size = { width: 3, height: 2 };

  it('takes all three forms', () => {
    expect(Mask.fromCoco([[0, 0, 2, 0, 2, 2, 0, 2]], size).area).toBe(4);
    expect(Mask.fromCoco({ counts: [1, 2, 3], size: [2, 3] }, size).encoding.type).toBe('coco-rle');
    expect(Mask.fromCoco({ counts: '123', size: [2, 3] }, size).encoding.type).toBe('coco-string');
  });

  it('refuses an RLE of another size', () => {
    expect(() => Mask.fromCoco({ counts: [1, 2, 3], size: [3, 2] }, size)).toThrow(
      'RLE is for 2 x 3 pixels, the image has 3 x 2',
    );
  });
});

describe('wrong arguments are RangeErrors that say what came and what was wanted', () => {
  const size = { width: 3, height: 2 };
  it.each<[string, () => unknown, string]>([
    ['a wrong sum', () => Mask.fromRle([1, 2], size), 'RLE counts sum to 3; expected 3 x 2 = 6'],
    ['a wrong sum', () => Mask.fromCocoRle(Uint32Array.of(9), size), 'RLE counts sum to 9; expected 3 x 2 = 6'],
    ['a negative count', () => Mask.fromRle([-1, 7], size), 'count 0 of the RLE is -1'],
    ['a broken count', () => Mask.fromRle([1.5, 4.5], size), 'count 0 of the RLE is 1.5'],
    ['NaN', () => Mask.fromCocoRle([6, NaN], size), 'count 1 of the RLE is NaN'],
    ['an odd ring', () => Mask.fromPolygons([[1, 2, 3]], size), 'ring 0 has 3 numbers; expected pairs x, y'],
    [
      'an infinite ring',
      () =>
        Mask.fromPolygons(
          [
            [1, 2],
            [0, Infinity],
          ],
          size,
        ),
      'ring 1 holds Infinity',
    ],
    ['a short bitmap', () => Mask.fromBitmap(new Uint8Array(5), size), 'bitmap has 5 pixels; expected 3 x 2 = 6'],
    ['no size', () => Mask.fromRle([0], { width: 0, height: 2 }), 'size is 0 x 2'],
    ['a huge size', () => Mask.fromPolygons([], { width: 2 ** 16, height: 2 ** 15 }), 'under 2^31 pixels'],
    ['no masks', () => Mask.union([]), 'Mask.union: no masks'],
    [
      'two sizes',
      () => Mask.intersection([Mask.fromRle([6], size), Mask.fromRle([8], { width: 4, height: 2 })]),
      'Mask.intersection: one mask is 3 x 2 pixels, another 4 x 2',
    ],
    ['two sizes', () => Mask.fromRle([6], size).iou(Mask.fromRle([6], { width: 2, height: 3 })), 'Mask.iou: one mask'],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(message);
    expect(act).toThrow(RangeError);
  });
});

describe('properties', () => {
  it('encodings turn into each other without loss', () => {
    fc.assert(
      fc.property(bitmaps, ({ size, data }) => {
        const mask = Mask.fromBitmap(data, size);
        expect(Mask.fromRle(mask.toRle(), size).toBitmap()).toEqual(data);
        expect(Mask.fromCocoRle(mask.toCocoRle(), size).toBitmap()).toEqual(data);
        expect(Mask.fromCocoString(mask.toCocoString(), size).toBitmap()).toEqual(data);
        expect(Mask.fromPolygons(mask.toPolygons(), size).toBitmap()).toEqual(data);
      }),
    );
  });

  it('a bitmap that is part of a larger array is read where it lies', () => {
    fc.assert(
      fc.property(bitmaps, fc.integer({ min: 0, max: 7 }), ({ size, data }, offset) => {
        const larger = new Uint8Array(data.length + offset + 1).fill(1);
        larger.set(data, offset);
        const part = larger.subarray(offset, offset + data.length);
        expect(Mask.fromBitmap(part, size).toRle()).toEqual(Mask.fromBitmap(data, size).toRle());
      }),
    );
  });

  it('area and box are those of the pixels', () => {
    fc.assert(
      fc.property(bitmaps, ({ size, data }) => {
        const ones = [...data.keys()].filter((index) => data[index] !== 0);
        const xs = ones.map((index) => index % size.width);
        const ys = ones.map((index) => Math.floor(index / size.width));
        const box = ones.length
          ? new Box2d(Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1)
          : null;
        for (const mask of [
          Mask.fromBitmap(data, size),
          Mask.fromCocoRle(Mask.fromBitmap(data, size).toCocoRle(), size),
        ]) {
          expect(mask.area).toBe(ones.length);
          expect(mask.box).toEqual(box);
        }
      }),
    );
  });

  it('unions, intersections and IoU are those of the pixels', () => {
    fc.assert(
      fc.property(pairs, ([size, a, b]) => {
        const masks = [Mask.fromBitmap(a, size), Mask.fromBitmap(b, size)] as const;
        const union = a.map((pixel, index) => pixel | b[index]!);
        const shared = a.map((pixel, index) => pixel & b[index]!);
        expect(Mask.union(masks).toBitmap()).toEqual(union);
        expect(Mask.intersection(masks).toBitmap()).toEqual(shared);
        const sum = (pixels: Uint8Array) => pixels.reduce((total, pixel) => total + pixel, 0);
        expect(masks[0].iou(masks[1])).toBe(sum(shared) === 0 ? 0 : sum(shared) / sum(union));
      }),
    );
  });
});
