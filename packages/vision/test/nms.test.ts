import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nms } from '../src/nms.ts';
import { batchedNms } from '../src/nms-batched.ts';
import { readFixture } from './heads/fixture.ts';
import type { SuppressionCase } from './heads/fixture.ts';

const { cases } = readFixture<{ cases: SuppressionCase[] }>('suppression');

describe.each(cases)('$name', ({ boxes, scores, classIds, iouThreshold, ...expected }) => {
  it('nms(boxes, scores, iou) keeps what torchvision keeps, in its order', () => {
    const kept = nms(Float32Array.from(boxes), Float32Array.from(scores), iouThreshold);
    expect([...kept]).toEqual(expected.nms);
  });

  it('batchedNms(boxes, scores, classes, iou) keeps what torchvision keeps, ties by row', () => {
    const kept = batchedNms(
      Float32Array.from(boxes),
      Float32Array.from(scores),
      Int32Array.from(classIds),
      iouThreshold,
    );
    expect([...kept].sort((a, b) => a - b)).toEqual([...expected.batched].sort((a, b) => a - b));
    expect(Array.from(kept, (row) => scores[row])).toEqual(expected.batched.map((row) => scores[row]));
  });
});

const rows = fc.array(
  fc.record({
    x: fc.integer({ min: 0, max: 20 }),
    y: fc.integer({ min: 0, max: 20 }),
    width: fc.integer({ min: 0, max: 12 }),
    height: fc.integer({ min: 0, max: 12 }),
    score: fc.integer({ min: 0, max: 9 }),
    classId: fc.integer({ min: -2, max: 2 }),
  }),
  { maxLength: 40 },
);
type Row = typeof rows extends fc.Arbitrary<(infer T)[]> ? T : never;

const boxesOf = (list: readonly Row[]): Float32Array =>
  Float32Array.from(list.flatMap(({ x, y, width, height }) => [x, y, x + width, y + height]));
const scoresOf = (list: readonly Row[]): Float32Array => Float32Array.from(list, ({ score }) => score);

describe('properties', () => {
  it('nms(boxes, scores, 1) is a stable sort by score', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const sorted = Array.from(list.keys()).sort((a, b) => list[b]!.score - list[a]!.score || a - b);
        expect([...nms(boxesOf(list), scoresOf(list), 1)]).toEqual(sorted);
      }),
    );
  });

  it('batchedNms is nms of each class, merged by score', () => {
    fc.assert(
      fc.property(rows, fc.double({ min: 0, max: 1, noNaN: true }), (list, iouThreshold) => {
        const classIds = Int32Array.from(list, ({ classId }) => classId);
        const kept = batchedNms(boxesOf(list), scoresOf(list), classIds, iouThreshold);
        for (let classId = -2; classId <= 2; classId++) {
          const own = Array.from(list.keys()).filter((row) => list[row]!.classId === classId);
          const part = own.map((row) => list[row]!);
          const alone = [...nms(boxesOf(part), scoresOf(part), iouThreshold)].map((row) => own[row]);
          expect([...kept].filter((row) => classIds[row] === classId)).toEqual(alone);
        }
      }),
    );
  });

  it('nms leaves its input as it was and keeps the best row', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const [boxes, scores] = [boxesOf(list), scoresOf(list)];
        const kept = nms(boxes, scores, 0.5);
        expect(boxes).toEqual(boxesOf(list));
        expect(scores).toEqual(scoresOf(list));
        expect(kept.length > 0 ? scores[kept[0]!] : -Infinity).toBe(Math.max(...scores));
      }),
    );
  });
});

describe('arguments', () => {
  it('nms puts NaN scores last', () => {
    expect([...nms(Float32Array.of(0, 0, 1, 1, 5, 5, 6, 6), Float32Array.of(NaN, 0.1), 0.5)]).toEqual([1, 0]);
  });

  it.each([-0.1, 1.1, NaN])('nms(boxes, scores, %d) is a RangeError', (iouThreshold) => {
    expect(() => nms(new Float32Array(4), new Float32Array(1), iouThreshold)).toThrow(RangeError);
  });

  it('nms and batchedNms want as many rows of each', () => {
    expect(() => nms(new Float32Array(5), new Float32Array(1), 0.5)).toThrow('5 box coordinates for 1 scores');
    expect(() => batchedNms(new Float32Array(4), new Float32Array(1), new Int32Array(2), 0.5)).toThrow('2 class ids');
  });
});
