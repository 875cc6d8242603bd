import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { Box2d, ClassScores, ClassScoresColumn, Detections, DetectionsColumn } from '../src/index.ts';
import { boxesFromRows, createBoxes } from '../src/index.ts';
import type { BoxArrays, Boxes } from '../src/index.ts';
import { bestOnly } from '../src/rows/index.ts';

const boxes = Float32Array.of(0, 0, 10, 10, 5, 5, 20, 20);
const detections = new Detections(boxes, Float32Array.of(0.75, 0.5), Int32Array.of(3, 1));
const classScores = new ClassScores(
  boxes,
  Float32Array.of(0.5, 0.25, 0.125, 0.75, 0.125, 0),
  Int32Array.of(2, 1, 3, 1, 2, 3),
  3,
);
const drawn = createBoxes({ boxes, labelIds: [4, 5] });
const all: readonly (readonly [string, Boxes])[] = [
  ['Detections', detections],
  ['ClassScores', classScores],
  ['createBoxes', drawn],
  ['createBoxes of class scores', createBoxes(classScores)],
  ['boxesFromRows', boxesFromRows(detections)],
];

describe('Boxes', () => {
  it.each(all)('%s: the best class of a row is the first of its classes, the runner-up the second', (_, one) => {
    expect(one).toHaveLength(2);
    for (const [row, place] of [
      [0, 0],
      [1, one.numClasses],
    ] as const) {
      const scoreAt = (at: number): number => (one.scores ? one.scores[at]! : NaN);
      expect(one.best(row)).toEqual({ label_id: one.labelIds[place], score: scoreAt(place) });
      const second = { label_id: one.labelIds[place + 1], score: scoreAt(place + 1) };
      expect(one.runnerUp(row)).toEqual(one.numClasses > 1 ? second : null);
    }
  });

  it.each(all)('%s: there is no class of a row that is not there', (_, one) => {
    for (const row of [-1, 2, NaN]) expect([one.best(row), one.runnerUp(row)]).toEqual([null, null]);
  });

  it('of a single class have no runner-up', () => {
    const one = new ClassScores(boxes, Float32Array.of(0.5, 0.25), Int32Array.of(0, 0), 1);
    expect([one.best(1), one.runnerUp(1)]).toEqual([{ label_id: 0, score: 0.25 }, null]);
  });

  it('are what functions over flat arrays take', () => {
    expect(createBoxes(detections).boxes).toBe(detections.boxes);
    expectTypeOf<Detections>().toExtend<Boxes>();
    expectTypeOf<ClassScores>().toExtend<Boxes>();
    expectTypeOf<Boxes>().toExtend<BoxArrays>();
  });
});

describe('createBoxes(arrays)', () => {
  it('shares the arrays', () => {
    expect(drawn.boxes).toBe(boxes);
    expect(drawn.scores).toBeUndefined();
    expect(drawn.numClasses).toBe(1);
  });

  it.each([
    [{ boxes, labelIds: [1] }, '2 boxes, 1 labels'],
    [{ boxes, labelIds: [1, 2], scores: [0.5] }, '2 boxes, 2 labels, 1 scores'],
    [{ boxes, labelIds: [1, 2], numClasses: 2 }, '2 boxes, 1 labels'],
    [{ boxes, labelIds: [1, 2], numClasses: 0 }, 'numClasses is 0; expected a whole number from 1'],
    [{ boxes: new Float32Array(2), labelIds: [] }, '0.5 boxes, 0 labels'],
  ])('refuses arrays that do not belong together: %j', (arrays, message) => {
    expect(() => createBoxes(arrays)).toThrow(RangeError);
    expect(() => createBoxes(arrays)).toThrow(message);
  });

  it.each([
    undefined,
    null,
    1,
    'boxes',
    {},
    { boxes },
    { boxes, labelIds: 'ab' },
    { boxes, labelIds: [1, 2], scores: 1 },
  ])('refuses %j, for callers without types', (arrays) => {
    expect(() => createBoxes(arrays as never)).toThrow(RangeError);
  });
});

describe('boxesFromRows(rows)', () => {
  it('is the inverse of reading detections row by row', () => {
    const edge = fc.nat(100);
    const row = fc.record({
      x: edge,
      y: edge,
      width: edge,
      height: edge,
      label_id: fc.nat(9),
      score: fc.float({ noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const found = rows.map(({ x, y, width, height, label_id, score }) => ({
          ...{ box: Box2d.fromTopLeft(x, y, width, height), label_id, score },
        }));
        const made = boxesFromRows(found);
        expect(made).toHaveLength(found.length);
        found.forEach(({ box, label_id, score }, place) => {
          expect([...made.boxes.subarray(4 * place, 4 * place + 4)]).toEqual([...box]);
          expect(made.best(place)).toEqual({ label_id, score });
        });
      }),
    );
  });

  it('has no scores where no row has one, and NaN for a row without', () => {
    const box = new Box2d(1, 2, 3, 4);
    expect(boxesFromRows([{ box, label_id: 1 }]).scores).toBeUndefined();
    expect(
      boxesFromRows([
        { box, label_id: 1 },
        { box, label_id: 2, score: 0.5 },
      ]).scores,
    ).toEqual(Float64Array.of(NaN, 0.5));
    expect(boxesFromRows([])).toHaveLength(0);
  });

  it.each([undefined, null, 'ab', [null], [{}], [{ box: 1, label_id: 2 }]])('refuses %j', (rows) => {
    expect(() => boxesFromRows(rows as never)).toThrow(RangeError);
  });
});

describe('bestOnly(boxes)', () => {
  it('is the value itself where each box has one class', () => {
    expect(bestOnly(detections)).toBe(detections);
    expect(bestOnly(drawn)).toBe(drawn);
  });

  it('keeps the first class of each box of class scores, as toDetections does', () => {
    const { labelIds, scores } = bestOnly(classScores);
    expect([Array.from(labelIds), Array.from(scores)]).toEqual([
      [2, 1],
      [0.5, 0.75],
    ]);
    expect(classScores.toDetections()).toEqual(new Detections(boxes, Float32Array.of(0.5, 0.75), Int32Array.of(2, 1)));
    expect(classScores.toDetections().boxes).toBe(classScores.boxes);
  });

  it('keeps crowds', () => {
    const crowds = { boxes, labelIds: [1, 2] };
    expect(bestOnly({ boxes, labelIds: [1, 2, 3, 4], numClasses: 2, crowds }).crowds).toBe(crowds);
  });
});

describe('the boxes of all images of a column', () => {
  it('share its memory', () => {
    const column = DetectionsColumn.from([detections, null, detections]);
    expect(column.all).toHaveLength(4);
    expect(column.all.boxes).toBe(column.boxes);
    expect(column.all.best(2)).toEqual({ label_id: 3, score: 0.75 });
    expect(ClassScoresColumn.from([null, classScores]).all.runnerUp(1)).toEqual({ label_id: 2, score: 0.125 });
  });

  it('are none of a column without values', () => {
    expect(ClassScoresColumn.from([null]).all).toHaveLength(0);
    expect(DetectionsColumn.from([]).all).toHaveLength(0);
  });
});
