import { assertOptions } from '@qualm/types';
import type { GroundTruth, ScoredBoxArrays } from '@qualm/types';
import { badlyLocated } from './badly-located-scores.ts';
import { overlooked } from './overlooked-scores.ts';
import { scoreImages, type ObjectLabOptions } from './score-images.ts';
import { swapped } from './swapped-scores.ts';

/** Options of `objectLabelQuality`. */
export interface ObjectLabelQualityOptions extends ObjectLabOptions {
  /** How far an image's number is from that of its worst box: near 0 it is that, when large the
   * mean of its boxes. Default 0.1. */
  readonly temperature?: number;
  /** What each kind of error counts; none below 0, and together 1. Default a third each. */
  readonly weights?: { readonly overlooked: number; readonly badlyLocated: number; readonly swapped: number };
}

/** The numbers of each image, 0..1, small is suspect: columns of a table. */
export interface ObjectLabelQuality {
  /** All three together. */
  readonly quality: Float64Array;
  readonly overlooked: Float64Array;
  readonly badlyLocated: Float64Array;
  readonly swapped: Float64Array;
}

/** How likely the boxes of each image are all there, in place, and rightly called: [images],
 * 0..1, **small is suspect** (`ascending`), with the number for each kind of error beside it. An
 * image's number for one kind is the soft minimum of its boxes' scores, sum s e^(-s / T) / sum
 * e^(-s / T), 1 where no box has a score; its quality is the product of the three, each to the
 * power of its weight.
 * @param given the boxes of each image as people drew them; `predicted` the same images as a
 * model sees them.
 * @throws RangeError when images, boxes, labels or scores do not belong together, or an option
 * is out of range.
 * @see Tkachenko, Thyagarajan & Mueller 2023, ObjectLab, https://arxiv.org/abs/2309.00832;
 * `cleanlab.object_detection.rank.get_label_quality_scores` */
export function objectLabelQuality(
  given: readonly GroundTruth[],
  predicted: readonly ScoredBoxArrays[],
  options: ObjectLabelQualityOptions = {},
): ObjectLabelQuality {
  assertOptions('objectLabelQuality', options, '{ temperature: 0.1 }', 'options');
  const { temperature = 0.1, weights = equalWeights, ...others } = options;
  if (!(temperature > 0 && temperature < Infinity)) {
    throw new RangeError(`objectLabelQuality: temperature is ${temperature}; expected a positive, finite number`);
  }
  const weightOf = [weights.overlooked, weights.badlyLocated, weights.swapped];
  const total = weightOf.reduce((sum, weight) => sum + weight, 0);
  if (!(weightOf.every((weight) => weight >= 0) && Math.abs(total - 1) < 1e-6)) {
    throw new RangeError(
      `objectLabelQuality: weights are ${weightOf.join(', ')}; expected three numbers of 0 or more that sum to 1`,
    );
  }
  const images = { given, predicted };
  const columns = scoreImages('objectLabelQuality', images, [overlooked, badlyLocated, swapped], others).map((scores) =>
    Float64Array.from(scores, (boxes) => softMinimum(boxes.scores, temperature)),
  ) as [Float64Array, Float64Array, Float64Array];
  const quality = columns[0].map((_, image) => {
    return columns.reduce((product, column, kind) => product * (column[image]! + tiny) ** weightOf[kind]!, 1);
  });
  return { quality, overlooked: columns[0], badlyLocated: columns[1], swapped: columns[2] };
}

/** Keeps images of which one kind is hopeless in the order of the others. */
const tiny = 1e-100;

const equalWeights = { overlooked: 1 / 3, badlyLocated: 1 / 3, swapped: 1 / 3 } as const;

function softMinimum(scores: Float64Array, temperature: number): number {
  const known = scores.filter((score) => !Number.isNaN(score));
  if (known.length === 0) return 1;
  const least = known.reduce((a, b) => Math.min(a, b));
  let sum = 0;
  let weights = 0;
  for (const score of known) {
    const weight = Math.exp((least - score) / temperature);
    sum += weight * score;
    weights += weight;
  }
  return sum / weights;
}
