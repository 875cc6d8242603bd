import { Box2d, Detections } from '@qualm/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  badlyLocatedScores,
  confusedPairs,
  detectionConfusionTable,
  detectionMistakenness,
  labelledBoxes,
  objectLabelQuality,
  overlookedScores,
  swappedScores,
  type LabelledBoxes,
  type PredictedBoxes,
} from '../../src/index.ts';

const box = fc
  .tuple(fc.nat({ max: 100 }), fc.nat({ max: 100 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }))
  .map(([x, y, width, height]) => [x, y, x + width, y + height]);
const found = fc.record({ box, label: fc.nat({ max: 2 }), score: fc.double({ min: 0, max: 1, noNaN: true }) });
const image = fc.record({ given: fc.array(found, { maxLength: 5 }), predicted: fc.array(found, { maxLength: 6 }) });
const images = fc.array(image, { maxLength: 4 });

type Found = { readonly box: number[]; readonly label: number; readonly score: number };
const flat = (boxes: readonly Found[]): LabelledBoxes & PredictedBoxes => ({
  boxes: Float64Array.from(boxes.flatMap((one) => one.box)),
  labelIds: boxes.map(({ label }) => label),
  scores: boxes.map(({ score }) => score),
});

const none = { boxes: new Float32Array(0), labelIds: [], scores: [] };
const square = { boxes: Float32Array.of(0, 0, 50, 50), labelIds: [0] };
const sure = { ...square, scores: [0.99] };

describe("ObjectLab's scores", () => {
  it('lie in 0..1, one for each box; NaN, of overlooked ones alone, where it cannot be asked', () => {
    fc.assert(
      fc.property(images, (all) => {
        const given = all.map((one) => flat(one.given));
        const predicted = all.map((one) => flat(one.predicted));
        const before = structuredClone({ given, predicted });
        const within = (scores: Float64Array): void => {
          scores.forEach((score) => expect(score >= 0 && score <= 1 + 1e-12).toBe(true));
        };
        const known = (score: number): boolean => !Number.isNaN(score);
        overlookedScores(given, predicted).forEach((scores, i) => {
          expect(scores.length).toBe(predicted[i]!.labelIds.length);
          within(scores.filter(known));
        });
        for (const score of [badlyLocatedScores, swappedScores]) {
          score(given, predicted).forEach((scores, i) => {
            expect(scores.length).toBe(given[i]!.labelIds.length);
            within(scores);
          });
        }
        Object.values(objectLabelQuality(given, predicted)).forEach(within);
        expect({ given, predicted }).toEqual(before);
      }),
    );
  });

  it('follow the images and boxes into another order', () => {
    fc.assert(
      fc.property(images, (all) => {
        const given = all.map((one) => flat(one.given));
        const predicted = all.map((one) => flat(one.predicted));
        const turnedGiven = all.toReversed().map((one) => flat(one.given.toReversed()));
        const turnedPredicted = all.toReversed().map((one) => flat(one.predicted.toReversed()));
        const { quality } = objectLabelQuality(given, predicted);
        const turned = objectLabelQuality(turnedGiven, turnedPredicted).quality.reverse();
        turned.forEach((value, i) => expect(value).toBeCloseTo(quality[i]!, 12));
        const swapped = swappedScores(turnedGiven, turnedPredicted).reverse();
        expect(swapped.map((scores) => scores.reverse())).toEqual(swappedScores(given, predicted));
      }),
    );
  });

  it('are 1 for an image that is right, and low for the kind of error that there is', () => {
    const other = { ...sure, labelIds: [1] };
    const beside = { boxes: Float32Array.of(0, 0, 50, 50, 200, 200, 250, 250), labelIds: [0, 0], scores: [0.99, 0.99] };
    const moved = { ...sure, boxes: Float32Array.of(20, 20, 70, 70) };
    const given = [square, square, square, square];
    const { quality, overlooked, swapped, badlyLocated } = objectLabelQuality(given, [sure, other, beside, moved]);
    expect([quality[0], overlooked[0], swapped[0], badlyLocated[0]]).toEqual([1, 1, 1, 1]);
    expect(swapped[1]).toBeLessThan(0.01);
    expect(overlooked[2]).toBeLessThan(0.01);
    expect(badlyLocated[3]).toBeLessThan(0.4);
    expect([overlooked[1], badlyLocated[1], swapped[2], badlyLocated[2], overlooked[3], swapped[3]]).toEqual(
      Array<number>(6).fill(1),
    );
  });

  it('are 1 for images without boxes, and there are none for no images', () => {
    expect([...objectLabelQuality([none], [none]).quality]).toEqual([1]);
    expect(objectLabelQuality([], []).quality.length).toBe(0);
    expect(overlookedScores([none], [none])).toEqual([new Float64Array(0)]);
  });

  it('refuse boxes, scores, images and options that do not belong together', () => {
    expect(() => objectLabelQuality([square], [])).toThrow('0 images with predictions, 1 with labels');
    expect(() => overlookedScores([square], [{ ...sure, scores: [] }])).toThrow('image 0: 1 boxes, 1 labels, 0 scores');
    expect(() => overlookedScores([square], [{ ...sure, scores: [NaN] }])).toThrow('box 0 has the score NaN');
    expect(() => swappedScores([{ ...square, boxes: Float32Array.of(5, 0, 1, 1) }], [sure])).toThrow('(5, 0, 1, 1)');
    expect(() => badlyLocatedScores([{ ...square, boxes: Float32Array.of(NaN, 0, 1, 1) }], [sure])).toThrow(RangeError);
    expect(() => badlyLocatedScores([square], [sure], { alpha: 2 })).toThrow('alpha is 2');
    expect(() => objectLabelQuality([square], [sure], { temperature: 0 })).toThrow('temperature is 0');
    const weights = { overlooked: 1, badlyLocated: 1, swapped: -1 };
    expect(() => objectLabelQuality([square], [sure], { weights })).toThrow('weights are 1, 1, -1');
  });
});

describe('detectionConfusionTable(given, predicted, k)', () => {
  it('counts each drawn box in its row, and each found one that scores enough in its column', () => {
    fc.assert(
      fc.property(images, (all) => {
        const given = all.map((one) => flat(one.given));
        const predicted = all.map((one) => flat(one.predicted));
        const { counts, size } = detectionConfusionTable(given, predicted, 3, { minScore: 0.3 });
        for (let k = 0; k < 3; k++) {
          const inRow = counts.subarray(k * size, (k + 1) * size).reduce((sum, count) => sum + count, 0);
          expect(inRow).toBe(all.flatMap((one) => one.given).filter(({ label }) => label === k).length);
          const inColumn = counts.filter((_, cell) => cell % size === k).reduce((sum, count) => sum + count, 0);
          const sureOnes = all
            .flatMap((one) => one.predicted)
            .filter(({ label, score }) => label === k && score >= 0.3);
          expect(inColumn).toBe(sureOnes.length);
        }
      }),
    );
  });

  it('matches a box of the same label before one that overlaps more', () => {
    const two = { boxes: Float32Array.of(0, 0, 50, 50, 0, 0, 50, 45), labelIds: [1, 0], scores: [0.9, 0.9] };
    const { counts } = detectionConfusionTable([square], [two], 2);
    expect([...counts]).toEqual([1, 0, 0, 0, 0, 0, 0, 1, 0]);
  });

  it('takes Detections as they are; confusedPairs leaves the background out unless asked', () => {
    const detections = new Detections(
      Float32Array.of(0, 0, 50, 50, 80, 80, 90, 90),
      Float32Array.of(0.9, 0.8),
      Int32Array.of(1, 1),
    );
    const table = detectionConfusionTable([square], [detections], 2);
    expect(confusedPairs(table)).toEqual([{ label: 0, prediction: 1, count: 1, share: 1 }]);
    expect(confusedPairs(table, { background: true })).toEqual([
      { label: 0, prediction: 1, count: 1, share: 1 },
      { label: 2, prediction: 1, count: 1, share: 1 },
    ]);
  });

  it('refuses label ids that are not classes, and options out of range', () => {
    expect(() => detectionConfusionTable([square], [sure], 2, { minIou: NaN })).toThrow('minIou is NaN');
    expect(() => detectionConfusionTable([square], [sure], 2, { minScore: 2 })).toThrow('minScore is 2');
    expect(() => detectionConfusionTable([square], [sure], 0)).toThrow(RangeError);
    expect(() => detectionConfusionTable([{ ...square, labelIds: [7] }], [sure], 2)).toThrow('image 0: label 0 is 7');
    expect(() => detectionConfusionTable([square], [{ ...sure, labelIds: [-1] }], 2)).toThrow('prediction 0 is -1');
  });
});

describe('detectionMistakenness(given, predicted)', () => {
  it('asks of each drawn box, once, whether it was found', () => {
    fc.assert(
      fc.property(image, (one) => {
        const got = detectionMistakenness(flat(one.given), flat(one.predicted));
        const matched = [...got.mistakenness].filter((value) => !Number.isNaN(value));
        expect(got.possibleSpurious.length + matched.length).toBe(one.given.length);
        for (const value of [...matched, ...got.localisation].filter((some) => !Number.isNaN(some))) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        expect(got.image).toBe(matched.length > 0 ? Math.max(...matched) : NaN);
        for (const j of got.possibleMissing) expect(one.predicted[j]!.score).toBeGreaterThan(0.95);
      }),
    );
  });

  it('lets the surest box choose first', () => {
    const two = { boxes: Float32Array.of(0, 0, 50, 50, 0, 0, 50, 40), labelIds: [0, 1], scores: [0.6, 0.9] };
    const { mistakenness, possibleMissing } = detectionMistakenness(square, two);
    expect(mistakenness[0]).toBeCloseTo(0.95, 12);
    expect([...possibleMissing]).toEqual([]);
    expect(() => detectionMistakenness(square, sure, { minIou: 1 })).toThrow('minIou is 1');
  });
});

it('labelledBoxes takes COCO annotations, crowds apart', () => {
  const annotations = [
    { bbox: new Box2d(1, 2, 3, 4), label_id: 7, iscrowd: false },
    { bbox: new Box2d(0, 0, 90, 90), label_id: 1, iscrowd: true },
    { bbox: new Box2d(5, 6, 7, 8), label_id: 2 },
  ];
  expect(labelledBoxes(annotations)).toEqual({
    boxes: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    labelIds: Int32Array.of(7, 2),
    crowds: { boxes: Float64Array.of(0, 0, 90, 90), labelIds: Int32Array.of(1) },
  });
  expect(labelledBoxes([])).toEqual({ boxes: new Float64Array(0), labelIds: new Int32Array(0) });
});
