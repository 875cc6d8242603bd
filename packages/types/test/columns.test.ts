import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { ClassScores, ClassScoresColumn, Detections, DetectionsColumn } from '../src/index.ts';
import type { Column } from '../src/index.ts';

function detections(count: number, seed = 0): Detections {
  const boxes = Float32Array.from({ length: 4 * count }, (_, i) => seed + (i % 4) + i);
  const scores = Float32Array.from({ length: count }, (_, i) => 1 / (1 + seed + i));
  return new Detections(
    boxes,
    scores,
    Int32Array.from({ length: count }, (_, i) => seed + i),
  );
}

function classScores(count: number, numClasses: number, seed = 0): ClassScores {
  const { boxes } = detections(count, seed);
  const scores = Float32Array.from({ length: count * numClasses }, (_, i) => 1 / (1 + seed + i));
  return new ClassScores(
    boxes,
    scores,
    Int32Array.from(scores, (_, i) => i % numClasses),
    numClasses,
  );
}

const counts = fc.array(fc.option(fc.nat(30)), { maxLength: 40 });

describe('DetectionsColumn', () => {
  const rows = [detections(2), null, detections(0), detections(100, 7)];
  const column = DetectionsColumn.from(rows);

  it('is a column of detections, null for a broken image', () => {
    expect(column.length).toBe(4);
    expect([...column]).toEqual(rows);
    expect(column.at(1)).toBeNull();
    expect(column.at(2)).toHaveLength(0);
    expect(column.at(-1)).toEqual(rows[3]);
    expect(column.at(4)).toBeUndefined();
    expect(column.at(-5)).toBeUndefined();
    expectTypeOf(column).toExtend<Column<Detections | null>>();
  });

  it('holds a few arrays of just the length needed', () => {
    expect([...column.offsets]).toEqual([0, 2, 2, 2, 102]);
    expect([...column.valid]).toEqual([1, 0, 1, 1]);
    expect(column.scores.buffer.byteLength).toBe(4 * 102);
    expect(column.boxes.buffer.byteLength).toBe(16 * 102);
  });

  it('rows are views, not copies, and live no longer than they are read', () => {
    expect(column.at(0)!.boxes.buffer).toBe(column.boxes.buffer);
    expect(column.at(0)).not.toBe(column.at(0));
  });

  it('does not change when the rows do that it was made from', () => {
    const row = detections(1);
    const copy = DetectionsColumn.from([row]);
    row.scores[0] = 9;
    expect(copy.at(0)!.scores[0]).toBe(1);
  });

  it('may be empty', () => {
    expect([...DetectionsColumn.from([])]).toEqual([]);
    expect(DetectionsColumn.from([]).at(0)).toBeUndefined();
  });

  it('gives back the rows that it was made from, read once', () => {
    fc.assert(
      fc.property(counts, (sizes) => {
        const given = sizes.map((count, index) => (count === null ? null : detections(count, index)));
        expect([...DetectionsColumn.from(given.values())]).toEqual(given);
      }),
    );
  });

  const { boxes, scores, labelIds, offsets, valid } = column;
  it.each([
    ['too few offsets', { offsets: offsets.subarray(1) }, '4 offsets for 4 rows; expected one more than rows'],
    ['falling offsets', { offsets: Uint32Array.of(0, 5, 2, 2, 102) }, 'offsets fall from 5 to 2 at row 1'],
    ['a late start', { offsets: Uint32Array.of(1, 2, 2, 2, 102) }, 'offsets run from 1 to 102; expected 0 to 102'],
    ['an early end', { offsets: Uint32Array.of(0, 2, 2, 2, 101) }, 'offsets run from 0 to 101; expected 0 to 102'],
    ['too few scores', { scores: scores.subarray(1) }, '102 boxes, 101 scores, 102 labels'],
  ])('refuses %s', (_, change, message) => {
    const make = () => new DetectionsColumn({ boxes, scores, labelIds, offsets, valid, ...change });
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });
});

describe('ClassScoresColumn', () => {
  const rows = [classScores(2, 3), null, classScores(0, 3), classScores(40, 3, 7)];
  const column = ClassScoresColumn.from(rows);

  it('is a column of class scores, null for a broken image', () => {
    expect(column.numClasses).toBe(3);
    expect([...column]).toEqual(rows);
    expect(column.at(-3)).toBeNull();
    expect(column.at(4)).toBeUndefined();
    expect(column.at(3)!.scores.buffer).toBe(column.scores.buffer);
    expectTypeOf(column).toExtend<Column<ClassScores | null>>();
  });

  it('refuses rows of different numbers of classes', () => {
    expect(() => ClassScoresColumn.from([null, classScores(1, 3), classScores(1, 4)])).toThrow(
      'row 2 has 4 classes, rows before it 3; expected one number',
    );
    expect(() => ClassScoresColumn.from([classScores(0, 3), classScores(1, 4)])).toThrow(RangeError);
  });

  it('may be empty, or all null', () => {
    expect([...ClassScoresColumn.from([])]).toEqual([]);
    expect([...ClassScoresColumn.from([null, null])]).toEqual([null, null]);
    expect(ClassScoresColumn.from([null]).numClasses).toBe(0);
  });

  it('gives back the rows that it was made from, read once', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 5 }), (sizes, numClasses) => {
        const given = sizes.map((count, index) => (count === null ? null : classScores(count, numClasses, index)));
        expect([...ClassScoresColumn.from(given.values())]).toEqual(given);
      }),
    );
  });

  it('refuses arrays that do not belong together', () => {
    const { boxes, scores, labelIds, offsets, valid } = column;
    expect(() => new ClassScoresColumn({ boxes, scores, labelIds, offsets, valid, numClasses: 2 })).toThrow(RangeError);
    expect(
      () => new ClassScoresColumn({ boxes, scores, labelIds, offsets, valid: valid.subarray(1), numClasses: 3 }),
    ).toThrow(RangeError);
    expect(() => new ClassScoresColumn({ boxes, scores, labelIds, offsets, valid, numClasses: 0 })).toThrow(RangeError);
  });
});
