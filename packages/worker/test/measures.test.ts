import { entropy, margin, maximum } from '@qualm/strategies';
import { ClassScores, Detections } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import { parseMeasure } from '../src/measures/read-measure.ts';
import { createMeasure } from '../src/measures/worker-measure.ts';

const boxes = Float32Array.of(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5);
const scores = Float32Array.of(0.75, 0.25, 0.5, 0.5, 0.125, 0);
const found = new ClassScores(boxes, scores, Int32Array.of(1, 2, 1, 2, 1, 2), 2);
const model = { scoreKind: 'distribution', task: 'detection', form: 'class_scores', labels: [1, 2] } as const;
const none = new ClassScores(new Float32Array(), new Float32Array(), new Int32Array(), 2);

describe('createMeasure(parts, model)', () => {
  it('sums what is left of margins over the boxes that score 0.2 or more, as qualm rank does', () => {
    // (1 - .5) + (1 - 0); the third box does not count.
    expect(createMeasure({ name: 'margin', strategy: margin }, model).measure(found)).toBe(1.5);
  });

  it('takes the aggregation that was asked for', () => {
    const { measure } = createMeasure({ name: 'entropy:max', strategy: entropy, aggregation: maximum }, model);
    expect(measure(found)).toBeCloseTo(Math.log(2), 12);
  });

  it('counts the one row of a classifier, however low it scores', () => {
    const row = new ClassScores(boxes.slice(0, 4), Float32Array.of(0.125, 0.0625), Int32Array.of(1, 2), 2);
    const { measure } = createMeasure({ name: 'margin', strategy: margin }, { ...model, task: 'classification' });
    expect(measure(row)).toBe(0.0625);
  });

  it('reads a lone score s as [s, 1 - s]', () => {
    const lone = new Detections(boxes.slice(0, 4), Float32Array.of(0.75), Int32Array.of(1));
    expect(createMeasure({ name: 'margin', strategy: margin }, { ...model, form: 'detections' }).measure(lone)).toBe(
      0.5,
    );
  });

  it('is NaN without a box, and where a box has NaN', () => {
    const { measure } = createMeasure(
      { name: 'odd', strategy: { name: 'odd', order: 'descending', score: () => NaN } },
      model,
    );
    expect([measure(none), measure(found)]).toEqual([NaN, NaN]);
  });
});

it.each([
  ['margin', 'margin', null],
  ['entropy:max', 'entropy', 'max'],
  ['entropy:top-mean:3', 'entropy', 'top-mean:3'],
  ['./mine.js#score', './mine.js#score', null],
  ['./mine.js#score:quantile:0.9', './mine.js#score', 'quantile:0.9'],
  ['C:\\mine.js', 'C:\\mine.js', null],
  ['C:\\mine.js#score:sum', 'C:\\mine.js#score', 'sum'],
])('parseMeasure(%j) is a strategy and an aggregation', (text, strategy, aggregation) => {
  expect(parseMeasure(text)).toEqual({ text, strategy, aggregation });
});
