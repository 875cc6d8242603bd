import { assertOneForEach, bestOnly, canonicalRows, countImages } from '@qualm/types/rows';
import type { GroundTruth, ScoredBoxArrays } from '@qualm/types';
import type { TieOptions } from '@qualm/types/rows';
import { matchDetections } from './match-detections.ts';
import type { MatchDetectionsOptions } from './match-detections.ts';

/** How well the boxes of a class are found. */
export interface ClassPrecision {
  readonly label_id: number;
  /** 0..1; NaN for a class without drawn boxes. */
  readonly averagePrecision: number;
  /** Boxes that people drew, and that the model found; without those in crowds. */
  readonly given: number;
  readonly predicted: number;
}

export interface AveragePrecision {
  /** Over the classes with drawn boxes; NaN when there are none. */
  readonly mean: number;
  /** By label id. */
  readonly classes: readonly ClassPrecision[];
}

/** Recalls at which COCO reads the precision: NumPy's linspace(0, 1, 101), whose 0.7 is a little
 * more.
 */
const recalls = Float64Array.from({ length: 101 }, (_, step) => (step === 100 ? 1 : step * 0.01));
/** What `matchDetections` says of a box that counts neither way. */
const inCrowd = 2;
/** Boxes of a class in one image that COCO counts. */
const mostDetections = 100;

/** Options of `averagePrecision`. */
export interface AveragePrecisionOptions extends MatchDetectionsOptions, Pick<TieOptions, 'ids'> {}

/** Average precision of a detector at one overlap, as COCO has it: the precision at 101 recalls,
 * each the best of this recall or more, averaged; then over classes. COCO's own number is the mean
 * of this at `minIou` 0.5, 0.55, ... 0.95. What lies in a crowd counts neither way. Of boxes of
 * equal scores those of the image of the least id come first, or, without `ids`, of the first
 * image: a number that depends on the order of equal scores is COCO's only then.
 * @throws RangeError as `matchDetections`.
 * @see Lin et al. 2014, Microsoft COCO; `COCOeval.accumulate` of pycocotools
 * @example averagePrecision(images.map(labelledBoxes), detections, { minIou: 0.5 }).mean
 */
export function averagePrecision(
  given: readonly GroundTruth[],
  predicted: readonly ScoredBoxArrays[],
  options: AveragePrecisionOptions = {},
): AveragePrecision {
  countImages('averagePrecision', given, predicted);
  const drawn = given.map((image) => bestOnly(image));
  const counted = predicted.map((image) => firstOfEachClass(bestOnly(image)));
  const hits = matchDetections(drawn, counted, options);
  assertOneForEach('averagePrecision', 'ids', options.ids, given.length);
  const classes = new Map<number, { given: number; scores: number[]; hits: number[] }>();
  const ofClass = (label: number): { given: number; scores: number[]; hits: number[] } => {
    if (!classes.has(label)) classes.set(label, { given: 0, scores: [], hits: [] });
    return classes.get(label)!;
  };
  for (const { labelIds } of drawn) for (let box = 0; box < labelIds.length; box++) ofClass(labelIds[box]!).given++;
  for (const image of canonicalRows(given.length, options.ids ? { ids: options.ids } : {})) {
    const { labelIds, scores } = counted[image]!;
    for (let box = 0; box < labelIds.length; box++) {
      if (hits[image]![box] === inCrowd) continue;
      const one = ofClass(labelIds[box]!);
      one.scores.push(scores[box]!);
      one.hits.push(hits[image]![box]!);
    }
  }
  const found = [...classes]
    .sort(([a], [b]) => a - b)
    .map(([label_id, one]): ClassPrecision => ({
      ...{ label_id, given: one.given, predicted: one.scores.length },
      averagePrecision: one.given === 0 ? NaN : precisionOf(one.scores, one.hits, one.given),
    }));
  const known = found.filter(({ given: count }) => count > 0);
  return { mean: known.reduce((sum, one) => sum + one.averagePrecision, 0) / known.length, classes: found };
}

function precisionOf(scores: readonly number[], hits: readonly number[], given: number): number {
  const order = scores.map((_, index) => index).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const precision = new Float64Array(order.length);
  const recall = new Float64Array(order.length);
  let right = 0;
  order.forEach((box, at) => {
    right += hits[box]!;
    precision[at] = right / (at + 1);
    recall[at] = right / given;
  });
  for (let at = precision.length - 1; at > 0; at--) precision[at - 1] = Math.max(precision[at - 1]!, precision[at]!);
  let [sum, at] = [0, 0];
  for (const wanted of recalls) {
    while (at < recall.length && recall[at]! < wanted) at++;
    if (at < recall.length) sum += precision[at]!;
  }
  return sum / recalls.length;
}

/** Of an image, in the order of the scores of each class. */
function firstOfEachClass(boxes: ScoredBoxArrays): ScoredBoxArrays {
  const { labelIds, scores } = boxes;
  const counts = new Map<number, number>();
  const order = Array.from(labelIds, (_, index) => index).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const kept = order.filter((box) => {
    const count = counts.get(labelIds[box]!) ?? 0;
    counts.set(labelIds[box]!, count + 1);
    return count < mostDetections;
  });
  if (kept.length === labelIds.length) return boxes;
  kept.sort((a, b) => a - b);
  return {
    boxes: Float64Array.from(kept.flatMap((box) => [...boxes.boxes.subarray(4 * box, 4 * box + 4)])),
    labelIds: Int32Array.from(kept, (box) => labelIds[box]!),
    scores: Float64Array.from(kept, (box) => scores[box]!),
  };
}
