import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { part } from '../src/page/filters/by-part.ts';
import { drawPoints } from '../src/page/map/draw-points.ts';
import { insidePart } from '../src/page/map/inside-part.ts';
import { placesOf } from '../src/page/map/map-places.ts';
import { cornersOf, partText } from '../src/page/map/part-text.ts';
import { pointColors } from '../src/page/map/point-colors.ts';
import { createPointFinder } from '../src/page/map/point-finder.ts';
import { withVectors } from '../src/report-vectors.ts';
import type { ReportVectors } from '../src/report-vectors.ts';
import { cell, dataOf } from './cells.ts';

const places = (points: readonly (readonly [number, number])[]) => ({
  ...{ xs: Float32Array.from(points, ([x]) => x), ys: Float32Array.from(points, ([, y]) => y), words: '' },
});

describe('insidePart(places, corners)', () => {
  it('knows a horseshoe from what it holds', () => {
    const corners = [100, 100, 900, 100, 900, 900, 700, 900, 700, 300, 300, 300, 300, 900, 100, 900];
    const points = places([
      [0.2, 0.5],
      [0.5, 0.5],
      [0.8, 0.5],
      [0.5, 0.2],
      [0.05, 0.5],
      [NaN, NaN],
    ]);
    expect([...insidePart(points, corners)]).toEqual([1, 0, 1, 1, 0, 0]);
  });

  it('is in a rectangle what lies between its sides', () => {
    const unit = fc.float({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(unit, unit)), (points) => {
        const found = insidePart(places(points), [250, 250, 750, 250, 750, 750, 250, 750]);
        points.forEach(([x, y], at) => {
          const away = Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5));
          if (Math.abs(away - 0.25) > 1e-6) expect(found[at]).toBe(away < 0.25 ? 1 : 0);
        });
      }),
    );
  });
});

describe('partText(corners)', () => {
  it('is what cornersOf reads, and has an end', () => {
    const corners = Array.from({ length: 999 }, (_, at) => [at / 999, 2 - at] as const);
    const read = cornersOf(partText(corners))!;
    expect(read.length).toBeLessThanOrEqual(400);
    expect(Math.max(...read)).toBeLessThanOrEqual(1000);
  });

  it.each(['', '1,2', '1,2,3,4', '1,2,3,4,5', '1001,2,3,4,5,6', 'a,b', '1,2,3,4,5,-6', `1${',2'.repeat(999)}`])(
    'takes %j for no part',
    (text) => expect(cornersOf(text)).toBeNull(),
  );
});

const vectors = (rows: readonly (readonly number[])[], more: Partial<ReportVectors> = {}): ReportVectors => ({
  ...{ words: 'tests', dimensions: rows[0]!.length, step: 0.1, near: 0.1, numbers: Int8Array.from(rows.flat()) },
  ...more,
});
const data = dataOf([
  cell('a', { values: [0.3, 1] }),
  cell('b', { values: [NaN, 1] }),
  cell('c', { values: [0.1, 1], label: 1 }),
]);

describe('placesOf(data)', () => {
  it('is the first two numbers to scale, or the map that there is; upwards is up', () => {
    const own = placesOf(
      withVectors(
        data,
        vectors([
          [-100, 0, 9],
          [-128, 0, 0],
          [100, 50, 9],
        ]),
      ),
    )!;
    expect(own.words).toBe('principal components');
    expect([...own.xs].map((x) => Number(x.toFixed(2)))).toEqual([0.02, NaN, 0.98]);
    expect([...own.ys].map((y) => Number(y.toFixed(2)))).toEqual([0.62, NaN, 0.38]);
    const stored = { places: Uint16Array.of(0, 0, 5, 5, 0, 65_535), placedBy: 'UMAP' };
    const map = placesOf(withVectors(data, vectors([[1], [2], [3]], stored)))!;
    expect(map.words).toBe('UMAP');
    expect(map.ys[2]).toBeCloseTo(0.02, 5);
    expect(placesOf(data)).toBeNull();
  });

  it('puts cells that are all the same into the middle', () => {
    const same = placesOf(withVectors(data, vectors([[7], [7], [7]])))!;
    expect([...same.xs, ...same.ys]).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
  });
});

it('the filter of a part lets through what lies in it', () => {
  const withMap = withVectors(
    data,
    vectors([
      [-100, 0],
      [0, 0],
      [100, 0],
    ]),
  );
  const right = '500,0,1000,0,1000,1000,500,1000';
  const test = part
    .over(withMap)
    .test(part.read(right, withMap), { sort: 0, marks: new Map(), answered: { state: () => null } });
  expect([0, 1, 2].map(test)).toEqual([false, true, true]);
  expect(part.read(right, data)).toBe('');
});

it('createPointFinder(places) finds the nearest point that is near enough', () => {
  const find = createPointFinder(
    places([
      [0.1, 0.1],
      [0.12, 0.1],
      [0.99, 1],
      [NaN, NaN],
    ]),
  );
  expect(find(0.109, 0.1, 0.05)).toBe(0);
  expect(find(0.115, 0.1, 0.05)).toBe(1);
  expect(find(1, 1, 0.05)).toBe(2);
  expect(find(0.5, 0.5, 0.2)).toBe(-1);
});

describe('pointColors(data, by, sort, marks)', () => {
  it('goes by the rank of doubt, by class, and by mark', () => {
    const doubt = pointColors(data, 'doubt', 0, new Map());
    expect(doubt.palette[doubt.places[1]!]).toBe(doubt.palette[0]);
    expect(doubt.places[2]!).toBeGreaterThan(doubt.places[0]!);
    const byClass = pointColors(data, 'class', 0, new Map());
    expect(byClass.legend.map(({ words }) => words)).toEqual(['cat', 'dog']);
    expect([...byClass.places]).toEqual([1, 1, 2]);
    const byMark = pointColors(data, 'mark', 0, new Map([['c', { verdict: 'reject', tags: [] }]]));
    expect([...byMark.places]).toEqual([0, 0, 2]);
  });
});

describe('drawPoints(pixels, places, colors)', () => {
  const pixels = { data: new Uint8ClampedArray(4 * 81), width: 9, height: 9 };
  const at = (x: number, y: number): number[] => [...pixels.data.subarray(4 * (9 * y + x), 4 * (9 * y + x) + 4)];

  it('draws those that are shown over the others, within the picture', () => {
    const colors = { palette: ['#0000ff', '#ff0000'], places: Uint16Array.of(1, 0, 0, 0), legend: [] };
    const points = places([
      [0.5, 0.5],
      [0.5, 0.5],
      [0, 0],
      [NaN, 0],
    ]);
    drawPoints(pixels, points, colors, { shown: Uint8Array.of(0, 1, 1, 1), radius: 1 });
    expect(at(4, 4)).toEqual([0, 0, 255, 230]);
    expect(at(0, 0)).toEqual([0, 0, 255, 230]);
    expect(at(8, 8)).toEqual([0, 0, 0, 0]);
  });
});
