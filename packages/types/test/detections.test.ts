import { describe, expect, expectTypeOf, it } from 'vitest';
import { Box2d, ClassScores, Detections } from '../src/index.ts';
import type { Detection, Rows, ScoredBox } from '../src/index.ts';

const boxes = Float32Array.of(0, 0, 10, 10, 5, 5, 20, 20);

describe('Detections', () => {
  const detections = new Detections(boxes, Float32Array.of(0.75, 0.5), Int32Array.of(3, 1));

  it('reads like an array of objects', () => {
    expect(detections.length).toBe(2);
    expect(detections.at(1)).toEqual({ box: new Box2d(5, 5, 20, 20), score: 0.5, label_id: 1 });
    expect(detections.at(-2)).toEqual(detections.at(0));
    expect([...detections].map(({ label_id }) => label_id)).toEqual([3, 1]);
    expect(detections.at(2)).toBeUndefined();
    expect(detections.at(-3)).toBeUndefined();
    expectTypeOf(detections).toExtend<Rows<Detection>>();
  });

  it('may be empty', () => {
    const none = new Detections(new Float32Array(0), new Float32Array(0), new Int32Array(0));
    expect([...none]).toEqual([]);
    expect(none.at(0)).toBeUndefined();
  });

  it('refuses arrays that do not belong together', () => {
    expect(() => new Detections(boxes, new Float32Array(1), new Int32Array(1))).toThrow('2 boxes, 1 scores, 1 labels');
    expect(() => new Detections(boxes, new Float32Array(2), new Int32Array(3))).toThrow(RangeError);
  });
});

describe('ClassScores', () => {
  const scores = Float32Array.of(0.5, 0.25, 0.125, 0.75, 0.125, 0);
  const labelIds = Int32Array.of(2, 1, 3, 1, 2, 3);
  const classScores = new ClassScores(boxes, scores, labelIds, 3);

  it('reads like an array of objects', () => {
    expect(classScores.length).toBe(2);
    expect(classScores.at(1)).toEqual({
      box: new Box2d(5, 5, 20, 20),
      scores: Float32Array.of(0.75, 0.125, 0),
      label_ids: Int32Array.of(1, 2, 3),
    });
    expect(classScores.at(-1)).toEqual(classScores.at(1));
    expect([...classScores].map((row) => row.label_ids[0])).toEqual([2, 1]);
    expect(classScores.at(2)).toBeUndefined();
    expectTypeOf(classScores).toExtend<Rows<ScoredBox>>();
  });

  it('rows are views, not copies', () => {
    expect(classScores.at(1)!.scores.buffer).toBe(scores.buffer);
  });

  it('refuses arrays that do not belong together, and no classes', () => {
    expect(() => new ClassScores(boxes, scores, labelIds, 2)).toThrow(RangeError);
    expect(() => new ClassScores(boxes, scores, labelIds.subarray(3), 3)).toThrow('2 boxes, 2 scores, 1 labels');
    expect(() => new ClassScores(new Float32Array(0), new Float32Array(0), new Int32Array(0), 0)).toThrow(
      'numClasses is 0; expected a positive whole number',
    );
  });
});

it('the form tells detections and class scores apart', () => {
  const either = new Detections(boxes, new Float32Array(2), new Int32Array(2)) as Detections | ClassScores;
  expect(either.form).toBe('detections');
  if (either.form === 'detections') expectTypeOf(either).toEqualTypeOf<Detections>();
  else expectTypeOf(either).toEqualTypeOf<ClassScores>();
});
