import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecision, matchDetections } from '../src/index.ts';
import type { LabelledBoxes, PredictedBoxes } from '../src/index.ts';

interface Fixture {
  readonly given: readonly (readonly [label: number, x: number, y: number, width: number, height: number][])[];
  readonly predicted: readonly (readonly [
    label: number,
    score: number,
    x: number,
    y: number,
    width: number,
    height: number,
  ][])[];
  readonly byClass: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
  readonly ap: number;
}

const fixture = JSON.parse(
  readFileSync(new URL('../fixtures/average-precision/boxes.json', import.meta.url), 'utf8'),
) as Fixture;

const corners = (x: number, y: number, width: number, height: number): number[] => [x, y, x + width, y + height];
const given = fixture.given.map((boxes): LabelledBoxes => ({
  boxes: Float64Array.from(boxes.flatMap(([, ...box]) => corners(...box))),
  labelIds: boxes.map(([label]) => label),
}));
const predicted = fixture.predicted.map((boxes): PredictedBoxes => ({
  boxes: Float64Array.from(boxes.flatMap(([, , ...box]) => corners(...box))),
  labelIds: boxes.map(([label]) => label),
  scores: boxes.map(([, score]) => score),
}));

const image = (...boxes: (readonly [label: number, x: number, score?: number])[]): PredictedBoxes => ({
  boxes: Float64Array.from(boxes.flatMap(([, x]) => [x, 0, x + 10, 10])),
  labelIds: boxes.map(([label]) => label),
  scores: boxes.map(([, , score = 1]) => score),
});

describe('averagePrecision(given, predicted, { minIou })', () => {
  it.each(['0.5', '0.75'])('is that of pycocotools for each class, at %s', (minIou) => {
    const { classes } = averagePrecision(given, predicted, { minIou: Number(minIou) });
    for (const [label, expected] of Object.entries(fixture.byClass[minIou]!)) {
      const found = classes.find(({ label_id }) => label_id === Number(label))!;
      if (expected === null) expect(found.averagePrecision).toBeNaN();
      else expect(found.averagePrecision).toBeCloseTo(expected, 12);
    }
  });

  it('is over the ten overlaps of COCO what pycocotools calls AP', () => {
    const overlaps = Array.from({ length: 10 }, (_, index) => 0.5 + 0.05 * index);
    const means = overlaps.map((minIou) => averagePrecision(given, predicted, { minIou }).mean);
    expect(means.reduce((sum, mean) => sum + mean, 0) / 10).toBeCloseTo(fixture.ap, 12);
  });

  it('is 1 for a model that finds all and nothing else, 0 for one that finds nothing, NaN with nothing to find', () => {
    const labels = given.map((boxes) => ({ ...boxes, scores: Array.from(boxes.labelIds, () => 0.5) }));
    expect(averagePrecision(given, labels, { minIou: 1 }).mean).toBe(1);
    const nothing = given.map(() => image());
    expect(averagePrecision(given, nothing).mean).toBe(0);
    expect(averagePrecision(nothing, predicted).mean).toBeNaN();
    expect(averagePrecision([], []).mean).toBeNaN();
  });

  it('counts no more than a hundred boxes of a class in an image', () => {
    const many = image(...Array.from({ length: 100 }, () => [1, 500, 0.9] as const), [1, 0, 0.1], [2, 0, 0.1]);
    const { classes } = averagePrecision([image([1, 0], [2, 0])], [many]);
    expect(classes.map(({ averagePrecision: ap, predicted: count }) => [ap, count])).toEqual([
      [0, 100],
      [1, 1],
    ]);
  });
});

describe('matchDetections(given, predicted, { minIou })', () => {
  it('lets each box be found once, by the surest, of its own class', () => {
    const hits = matchDetections(
      [image([1, 0], [2, 50])],
      [image([1, 0, 0.5], [1, 0, 0.9], [1, 50, 0.9], [2, 51, 0.1])],
    );
    expect(hits).toEqual([Uint8Array.of(0, 1, 0, 1)]);
  });

  it('finds no more than there is, and no less at a lower overlap', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (one, two) => {
          const count = (minIou: number): number =>
            matchDetections(given, predicted, { minIou }).reduce(
              (sum, hits) => sum + hits.reduce((a, b) => a + b, 0),
              0,
            );
          expect(count(Math.min(one, two))).toBeGreaterThanOrEqual(count(Math.max(one, two)));
        },
      ),
      { numRuns: 30 },
    );
  });

  it.each([
    ['an overlap of none', () => matchDetections([], [], { minIou: 2 }), 'minIou is 2; expected 0 to 1'],
    ['other images', () => matchDetections([image()], []), '0 images with predictions, 1 with labels'],
    ['a score of none', () => matchDetections([image()], [image([1, 0, 7])]), 'image 0: box 0 has the score 7'],
  ])('refuses %s', (_, act, words) => expect(act).toThrow(words));
});
