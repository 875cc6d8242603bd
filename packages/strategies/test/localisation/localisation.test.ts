import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  boxVariance,
  caldConsistency,
  flipBoxes,
  localisationStability,
  scaleBoxes,
  type DetectionRun,
} from '../../src/index.ts';

interface Run {
  readonly boxes: number[][];
  readonly scores: number[][];
}
interface Case {
  readonly numClasses: number;
  readonly beta: number;
  readonly reference: Run;
  readonly augmented: Run[];
  readonly consistency: number;
  readonly stability: number;
  readonly variance: number;
}

const fixture = new URL('../../fixtures/localisation/localisation.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: Case[] };
const flat = ({ boxes, scores }: Run): DetectionRun => ({
  boxes: Float64Array.from(boxes.flat()),
  scores: Float64Array.from(scores.flat()),
});

it.each(cases)('caldConsistency(reference, augmented, $numClasses, beta $beta) is what SciPy gives', (row) => {
  const { reference, augmented, numClasses, beta, consistency } = row;
  const got = caldConsistency(flat(reference), augmented.map(flat), numClasses, { beta });
  expect(got).toBeCloseTo(consistency, 12);
});

it.each(cases)('boxVariance(reference, augmented, $numClasses) is what NumPy gives', (row) => {
  const { reference, augmented, numClasses, variance } = row;
  expect(boxVariance(flat(reference), augmented.map(flat), numClasses)).toBeCloseTo(variance, 12);
});

const none: DetectionRun = { boxes: new Float32Array(0), scores: new Float32Array(0) };
const one: DetectionRun = { boxes: Float32Array.of(0, 0, 10, 10), scores: Float32Array.of(1, 0) };
const far: DetectionRun = { boxes: Float32Array.of(20, 20, 30, 30), scores: Float32Array.of(0, 1) };

it('caldConsistency of a sure box found again is |2 - beta|, of one missed in place and class beta', () => {
  expect(caldConsistency(one, [one], 2)).toBeCloseTo(0.7, 14);
  expect(caldConsistency(one, [far], 2)).toBeCloseTo(1.3 - (1 - Math.LN2), 14);
});

it('caldConsistency is 0 without reference boxes, and counts an augmentation without boxes as 0', () => {
  expect(caldConsistency(none, [one], 2)).toBe(0);
  expect(caldConsistency(one, [none, one], 2)).toBeCloseTo(0.35, 14);
});

it('caldConsistency is NaN for NaN and for scores that are all zeros', () => {
  expect(caldConsistency(one, [{ ...one, scores: Float32Array.of(NaN, 0) }], 2)).toBeNaN();
  expect(caldConsistency(one, [{ ...one, boxes: Float32Array.of(NaN, 0, 1, 1) }], 2)).toBeNaN();
  expect(caldConsistency(one, [{ ...one, scores: Float32Array.of(0, 0) }], 2)).toBeNaN();
});

it('caldConsistency of no augmentations or of wrong shapes throws a RangeError', () => {
  expect(() => caldConsistency(one, [], 2)).toThrow(RangeError);
  expect(() => caldConsistency(one, [one], 3)).toThrow(RangeError);
  expect(() => caldConsistency(one, [one], 0)).toThrow(RangeError);
  expect(() => caldConsistency(one, [{ ...one, boxes: new Float32Array(3) }], 2)).toThrow(RangeError);
});

it('boxVariance of a box that stays is 0, of one that is missed once in three 1/3, whatever its size', () => {
  expect(boxVariance(one, [one, one], 2)).toBe(0);
  expect(boxVariance(one, [one, far], 2)).toBeCloseTo(1 / 3, 14);
  expect(boxVariance(one, [none, one], 2)).toBeCloseTo(1 / 3, 14);
  const moved = { ...one, boxes: Float32Array.of(2, 0, 12, 10) };
  expect(boxVariance(one, [moved], 2)).toBeCloseTo(0.005, 14);
  const times = (run: DetectionRun): DetectionRun => ({ ...run, boxes: run.boxes.map((edge) => 8 * edge) });
  expect(boxVariance(times(one), [times(moved)], 2)).toBeCloseTo(0.005, 14);
});

it('boxVariance is NaN without reference boxes, for NaN, and for a box without an area', () => {
  expect(boxVariance(none, [one], 2)).toBeNaN();
  expect(boxVariance(one, [{ ...one, boxes: Float32Array.of(NaN, 0, 1, 1) }], 2)).toBeNaN();
  const flatBox = { ...one, boxes: Float32Array.of(0, 0, 10, 0) };
  expect(boxVariance(flatBox, [one], 2)).toBeNaN();
  expect(() => boxVariance(one, [], 2)).toThrow(RangeError);
  expect(() => boxVariance(one, [one], 3)).toThrow(RangeError);
});

it('flipBoxes twice and scaleBoxes back give the boxes again', () => {
  const boxes = Float32Array.of(10, 0, 30, 5, 1, 2, 3, 4);
  expect(flipBoxes(boxes, 100).subarray(0, 4)).toEqual(Float32Array.of(70, 0, 90, 5));
  expect(flipBoxes(flipBoxes(boxes, 100), 100)).toEqual(boxes);
  expect(scaleBoxes(boxes, [2, 4]).subarray(0, 4)).toEqual(Float32Array.of(20, 0, 60, 20));
  expect(scaleBoxes(scaleBoxes(boxes, [2, 4]), [0.5, 0.25])).toEqual(boxes);
  expect(() => flipBoxes(new Float32Array(3), 10)).toThrow(RangeError);
  expect(() => scaleBoxes(new Float32Array(3), [1, 1])).toThrow(RangeError);
  expect(() => scaleBoxes(boxes, [0, 1])).toThrow(RangeError);
});

it.each(cases)('localisationStability(reference, augmented, $numClasses) is what NumPy gives', (row) => {
  const got = localisationStability(flat(row.reference), row.augmented.map(flat), row.numClasses);
  expect(got).toBeCloseTo(row.stability, 12);
});

it('localisationStability is 1 for boxes that stay, 0 for none found again, NaN for no reference box or NaN', () => {
  expect(localisationStability(one, [one, one], 2)).toBe(1);
  expect(localisationStability(one, [none, far], 2)).toBe(0);
  expect(localisationStability(none, [one], 2)).toBeNaN();
  expect(localisationStability(one, [{ ...one, boxes: Float32Array.of(NaN, 0, 1, 1) }], 2)).toBeNaN();
  expect(() => localisationStability(one, [], 2)).toThrow(RangeError);
});
