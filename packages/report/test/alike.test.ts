import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { alikeFrom, initialAlike, unlikeIds, unlikeText } from '../src/page/alike/alike-state.ts';
import { createAlikeGroups } from '../src/page/alike/alike-groups.ts';
import { createArrangedCells } from '../src/page/alike/arranged-cells.ts';
import { vectorsOf } from '../src/page/alike/cell-vectors.ts';
import type { CellVectors } from '../src/page/alike/cell-vectors.ts';
import { foldCells } from '../src/page/alike/fold-cells.ts';
import { imageGroups } from '../src/page/alike/image-groups.ts';
import { createSlicedGroups } from '../src/page/alike/sliced-groups.ts';
import { finish } from '../src/page/slices.ts';
import type { Slices } from '../src/page/slices.ts';
import { createCellSelector } from '../src/page/filters/select-cells.ts';
import { initialState } from '../src/page/view-state.ts';
import type { ViewState } from '../src/page/view-state.ts';
import type { ReportData } from '../src/report-data.ts';
import { withVectors } from '../src/report-vectors.ts';
import { cell, dataOf } from './cells.ts';

/** Cells a, b, c ... with these vectors, in whole numbers of a tenth. */
function dataWith(rows: readonly (readonly number[] | null)[], by: 'box' | 'image' = 'image'): ReportData {
  const dimensions = rows.find((row) => row !== null)!.length;
  const cells = rows.map((_, at) =>
    cell(String.fromCharCode(97 + at), { image: `${Math.floor(at / 2)}.jpg`, values: [at / 100, 1] }),
  );
  const numbers = Int8Array.from(rows.flatMap((row) => row ?? [-128, ...new Array<number>(dimensions - 1).fill(0)]));
  return withVectors(dataOf(cells, { by }), { words: 'tests', dimensions, numbers, step: 0.1, near: 0.5 });
}

describe('vectorsOf(data)', () => {
  it('gives distances, and none of a cell without a vector', () => {
    const vectors = vectorsOf(dataWith([[0, 0], [30, 40], null]))!;
    expect(vectors.distance(0, 1)).toBeCloseTo(5, 9);
    expect([vectors.has(2), vectors.distance(0, 2)]).toEqual([false, Infinity]);
    expect(vectorsOf(dataOf([cell('a')]))).toBeNull();
  });

  it('takes vectors of other cells for none', () => {
    const data = dataWith([
      [0, 0],
      [3, 4],
    ]);
    expect(vectorsOf({ ...data, vectors: { ...data.vectors!, dimensions: 3 } })).toBeNull();
  });
});

/** The definition, cell by cell. */
function plainGroups(vectors: CellVectors, count: number, far: number): number[] {
  const groups: number[] = [];
  for (let index = 0; index < count; index++) {
    const firsts = [...groups.keys()].filter((first) => groups[first] === first && vectors.has(first));
    const near = firsts.filter((first) => vectors.distance(first, index) <= far);
    groups[index] = near.reduce(
      (best, first) => (best < 0 || vectors.distance(first, index) < vectors.distance(best, index) ? first : best),
      -1,
    );
    if (groups[index]! < 0) groups[index] = index;
  }
  return groups;
}

describe('createAlikeGroups(vectors)', () => {
  const row = fc.option(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 }));

  it('puts a cell into the group of the nearest first that is near enough', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 12 }), (rows, tenths) => {
        const vectors = vectorsOf(dataWith([[0, 0, 0], ...rows]))!;
        const far = tenths / 10 + 0.01;
        const groups = finish(createAlikeGroups(vectors)(far));
        expect(Array.from(groups)).toEqual(plainGroups(vectors, rows.length + 1, far));
      }),
    );
  });

  it('finds nearly all of them among many, too', () => {
    const count = 6000;
    const dimensions = 8;
    let state = 1;
    const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
    const numbers = new Int8Array(count * dimensions);
    for (let index = 0; index < count; index++)
      for (let i = 0; i < dimensions; i++)
        // Each third one is a copy of one before it, but for a hair.
        numbers[index * dimensions + i] =
          index % 3 === 2
            ? numbers[(index - 1 - (index % 500)) * dimensions + i]! + Math.round(random())
            : Math.round(180 * random() - 90);
    const vectors = { numbers, dimensions, step: 0.01, near: 0.1, words: '', has: () => true, distance: () => 0 };
    const groups = finish(createAlikeGroups(vectors)(0.1));
    const folded = groups.filter((first, index) => first !== index).length;
    expect(folded).toBeGreaterThan(0.98 * (count / 3 - 170));
  });
});

describe('createSlicedGroups(make, onMade)', () => {
  afterEach(() => void vi.useRealTimers());

  /** Work of so many milliseconds, each of which may be the last of a slice. */
  function* busy(milliseconds: number, group: number): Slices<Int32Array> {
    for (let at = 0; at < milliseconds; at++) {
      now += 1;
      yield;
    }
    return Int32Array.of(group);
  }
  let now = 0;

  it('has what is quick at once, and what is slow in slices, meanwhile what it had before', () => {
    vi.useFakeTimers();
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const onMade = vi.fn();
    const made: number[] = [];
    const groups = createSlicedGroups((far) => {
      made.push(far);
      return busy(10 * far, far);
    }, onMade);
    expect([groups.of(1), groups.isWorking(), onMade.mock.calls.length]).toEqual([Int32Array.of(1), false, 0]);
    const began = now;
    expect([groups.of(9), groups.isWorking()]).toEqual([Int32Array.of(1), true]);
    expect(now - began).toBeLessThan(20);
    vi.advanceTimersToNextTimer();
    expect([groups.of(9), groups.isWorking(), now - began < 40]).toEqual([Int32Array.of(1), true, true]);
    vi.runAllTimers();
    expect([groups.of(9), groups.isWorking(), onMade.mock.calls.length]).toEqual([Int32Array.of(9), false, 1]);
    expect(made).toEqual([1, 9]);
    vi.restoreAllMocks();
  });

  it('leaves work that nobody asks for any more', () => {
    vi.useFakeTimers();
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const onMade = vi.fn();
    const groups = createSlicedGroups((far) => busy(10 * far, far), onMade);
    groups.of(2);
    groups.of(3);
    vi.runAllTimers();
    expect([groups.of(3), onMade.mock.calls.length]).toEqual([Int32Array.of(3), 1]);
    groups.of(2);
    // Back to what is known.
    groups.of(3);
    vi.runAllTimers();
    expect([groups.isWorking(), onMade.mock.calls.length]).toEqual([false, 1]);
    vi.restoreAllMocks();
  });
});

describe('foldCells(order, groups)', () => {
  it('keeps the first of each group in the order that is given', () => {
    const { kept, under } = foldCells([3, 1, 0, 2], Int32Array.of(0, 0, 2, 0));
    expect([kept, [...under]]).toEqual([[3, 2], [[3, [1, 0]]]]);
    expect(foldCells([2, 0], null)).toEqual({ kept: [2, 0], under: new Map() });
  });

  it('keeps one of each image', () => {
    const data = dataOf([cell('a', { imageId: 7 }), cell('b', { imageId: 8 }), cell('c', { imageId: 7 })]);
    expect([...imageGroups(data)]).toEqual([0, 1, 0]);
  });
});

describe('createArrangedCells(data, select)', () => {
  const data = dataWith([[0, 0], [1, 0], [90, 0], [2, 0], null, [60, 0]]);
  const arranged = createArrangedCells(data, createCellSelector(data), () => undefined);
  const shown = (more: Partial<ViewState>): readonly number[] =>
    arranged.arrange({ ...initialState, ...more }, new Map()).kept;

  it('folds, and shows what was folded', () => {
    expect(shown({})).toEqual([0, 1, 2, 3, 4, 5]);
    expect(shown({ fold: '0.5' })).toEqual([0, 2, 4, 5]);
    expect(shown({ fold: '0.5', reversed: true })).toEqual([5, 4, 3, 2]);
    expect(shown({ fold: '0.5', group: 'a' })).toEqual([0, 1, 3]);
    expect(shown({ fold: 'image' })).toEqual([0, 2, 4]);
    const { under } = arranged.arrange({ ...initialState, fold: '0.5' }, new Map());
    expect([...under]).toEqual([[0, [1, 3]]]);
  });

  it('orders by likeness and by unlikeness; what has no vector comes last', () => {
    expect(shown({ like: 'f' })).toEqual([5, 2, 3, 1, 0, 4]);
    expect(shown({ unlike: unlikeText(['a', 'f']) })).toEqual([2, 3, 1, 0, 5, 4]);
  });

  it('folds in that order, under filters', () => {
    expect(shown({ like: 'd', fold: '0.5' })).toEqual([3, 5, 2, 4]);
    expect(shown({ words: '1.jpg', fold: '0.5' })).toEqual([2, 3]);
  });

  it.each<[string, Partial<ViewState>]>([
    ['of an id that there is not', { like: 'zz' }],
    ['of a cell without a vector', { like: 'e' }],
    ['and a group of an id that there is not', { group: 'zz' }],
    ['unlike to nothing', { unlike: '[]' }],
  ])('leaves the order as it is %s', (_, more) => {
    expect(shown(more)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('what the address says of it', () => {
  it.each([
    ['fold=-1', initialAlike],
    ['fold=1e9', initialAlike],
    ['fold=0', initialAlike],
    ['colours=red&group=&like=&unlike=[1,null]', initialAlike],
    ['unlike=%7B"a":1%7D', initialAlike],
    [`like=${'x'.repeat(2001)}`, initialAlike],
    ['fold=.25&like=a', { ...initialAlike, fold: '.25', like: 'a' }],
  ])('%s', (text, wanted) => expect(alikeFrom(new URLSearchParams(text))).toEqual(wanted));

  it('has room for fifty cells', () => {
    const ids = Array.from({ length: 80 }, (_, at) => `<b>${at}`);
    expect(unlikeIds(unlikeText(ids))).toEqual(ids.slice(0, 50));
    expect(unlikeIds('{')).toEqual([]);
  });
});
