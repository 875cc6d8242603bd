import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  badlyLocatedScores,
  detectionConfusionTable,
  detectionMistakenness,
  mistakenness,
  objectLabelQuality,
  overlookedScores,
  swappedScores,
} from '../../src/index.ts';

interface Boxes {
  readonly boxes: number[][];
  readonly labelIds: number[];
}
interface BoxScores {
  readonly compute_overlooked_box_scores: (number | null)[][];
  readonly compute_badloc_box_scores: number[][];
  readonly compute_swap_box_scores: number[][];
}
interface ImageScores extends BoxScores {
  readonly get_label_quality_scores: number[];
  readonly 'get_label_quality_scores, weighted': number[];
  readonly 'pool_box_scores_per_image, overlooked': number[];
  readonly 'pool_box_scores_per_image, badloc': number[];
  readonly 'pool_box_scores_per_image, swap': number[];
}
interface FiftyOne {
  readonly mistakenness: (number | null)[];
  readonly mistakenness_loc: (number | null)[];
  readonly possible_spurious: number[];
  readonly possible_missing: number[];
}
interface Case {
  readonly name: string;
  readonly numClasses: number;
  readonly images: { readonly given: Boxes; readonly predicted: Boxes & { readonly scores: number[] } }[];
  readonly cleanlab: ImageScores;
  readonly 'cleanlab, alpha 0.5, low 0.3, high 0.8, no overlap check': BoxScores;
  readonly supervision: number[];
  readonly 'supervision, conf_threshold 0.6, iou_threshold 0.3': number[];
  readonly fiftyone: FiftyOne[];
}
interface Classification {
  readonly numClasses: number;
  readonly probabilities: number[];
  readonly labels: number[];
  readonly 'of confidence': number[];
  readonly 'of logits': number[];
}

const fixture = new URL('../../fixtures/object-labels/object-labels.json', import.meta.url);
const { cases, classification } = JSON.parse(readFileSync(fixture, 'utf8')) as {
  cases: Case[];
  classification: Classification;
};
const near = (values: readonly (number | null)[]): unknown[] =>
  values.map((value) => (value === null ? NaN : (expect.closeTo(value, 12) as unknown)));

describe.each(cases)('$name', (row) => {
  const given = row.images.map(({ given: { boxes, labelIds } }) => ({
    boxes: Float64Array.from(boxes.flat()),
    labelIds,
  }));
  const predicted = row.images.map(({ predicted: { boxes, ...others } }) => ({
    boxes: Float64Array.from(boxes.flat()),
    ...others,
  }));

  it.each([
    ['cleanlab', {}],
    [
      'cleanlab, alpha 0.5, low 0.3, high 0.8, no overlap check',
      { alpha: 0.5, lowScore: 0.3, highScore: 0.8, overlapCheck: false },
    ],
  ] as const)("overlookedScores, badlyLocatedScores and swappedScores are cleanlab's: %s", (name, options) => {
    const wanted = row[name];
    const compared = [
      [overlookedScores, wanted.compute_overlooked_box_scores],
      [badlyLocatedScores, wanted.compute_badloc_box_scores],
      [swappedScores, wanted.compute_swap_box_scores],
    ] as const;
    for (const [score, scores] of compared) {
      expect(score(given, predicted, options).map((boxes) => [...boxes])).toEqual(scores.map(near));
    }
  });

  it("objectLabelQuality is cleanlab's, in all and by kind", () => {
    const got = objectLabelQuality(given, predicted);
    expect([...got.quality]).toEqual(near(row.cleanlab.get_label_quality_scores));
    expect([...got.overlooked]).toEqual(near(row.cleanlab['pool_box_scores_per_image, overlooked']));
    expect([...got.badlyLocated]).toEqual(near(row.cleanlab['pool_box_scores_per_image, badloc']));
    expect([...got.swapped]).toEqual(near(row.cleanlab['pool_box_scores_per_image, swap']));
    const weights = { overlooked: 0.5, badlyLocated: 0.3, swapped: 0.2 };
    expect([...objectLabelQuality(given, predicted, { weights }).quality]).toEqual(
      near(row.cleanlab['get_label_quality_scores, weighted']),
    );
  });

  it("detectionConfusionTable is supervision's", () => {
    // Supervision wants more than the threshold, and some boxes overlap by just a half.
    const { counts, background } = detectionConfusionTable(given, predicted, row.numClasses, { minIou: 0.5 + 1e-9 });
    expect([...counts]).toEqual(row.supervision);
    expect(background).toBe(row.numClasses);
    const other = detectionConfusionTable(given, predicted, row.numClasses, { minScore: 0.6, minIou: 0.3 });
    expect([...other.counts]).toEqual(row['supervision, conf_threshold 0.6, iou_threshold 0.3']);
  });

  it("detectionMistakenness is FiftyOne's, of the boxes that pycocotools matches", () => {
    row.fiftyone.forEach((wanted, image) => {
      const got = detectionMistakenness(given[image]!, predicted[image]!);
      expect([...got.mistakenness]).toEqual(near(wanted.mistakenness));
      expect([...got.localisation]).toEqual(near(wanted.mistakenness_loc));
      expect([...got.possibleSpurious]).toEqual(wanted.possible_spurious);
      expect([...got.possibleMissing]).toEqual(wanted.possible_missing);
      const known = wanted.mistakenness.filter((value) => value !== null);
      expect(got.image).toEqual(known.length > 0 ? expect.closeTo(Math.max(...known), 12) : NaN);
    });
  });
});

it("mistakenness is FiftyOne's, of confidence and of logits", () => {
  const { probabilities, labels, numClasses } = classification;
  const p = Float64Array.from(probabilities);
  expect([...mistakenness(p, labels, numClasses)]).toEqual(near(classification['of confidence']));
  expect([...mistakenness(p, labels, numClasses, { confidence: 'entropy' })]).toEqual(
    near(classification['of logits']),
  );
});
