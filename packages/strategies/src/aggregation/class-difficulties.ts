/** Boxes that were found at an object, each with what the detector said of it. */
export interface FoundObjects {
  /** The class of the object, from 0: [n]. */
  readonly classes: ArrayLike<number>;
  /** The score the detector gave that class: [n], 0..1. */
  readonly scores: ArrayLike<number>;
  /** How far the box overlaps the object: [n], 0..1. An object that was overlooked has the score
   * and the IoU 0.
   */
  readonly ious: ArrayLike<number>;
}

/** Options of `classDifficulties`. */
export interface ClassDifficultiesOptions {
  readonly numClasses: number;
  /** How much the score counts, the overlap counting 1 - xi: 0..1. Default .6, the paper's. */
  readonly xi?: number;
}

/** How difficult each class is for a detector, from boxes whose objects are known: the mean of 1 -
 * score^xi IoU^(1 - xi). PPAL takes a moving average of this during training; here it is the plain
 * mean over labelled images, for a detector as it is.
 * @returns float64 [numClasses], 0..1; 1 for a class of which there is no object.
 * @throws RangeError when lengths differ, or a class, score, IoU or xi is out of range.
 * @see Yang, Huang and Crowley, "Plug and Play Active Learning for Object Detection", CVPR 2024,
 * equation of q
 * @example classDifficulties({ classes: [0, 0], scores: [1, 0], ious: [1, 0] }, { numClasses: 2 }) // Float64Array [0.5, 1]
 */
export function classDifficulties(
  { classes, scores, ious }: FoundObjects,
  { numClasses, xi = 0.6 }: ClassDifficultiesOptions,
): Float64Array {
  if (!Number.isInteger(numClasses) || numClasses < 1) {
    throw new RangeError(`classDifficulties: numClasses is ${numClasses}; expected a whole number from 1`);
  }
  if (!isShare(xi)) throw new RangeError(`classDifficulties: xi is ${xi}; expected 0 to 1`);
  if (scores.length !== classes.length || ious.length !== classes.length) {
    throw new RangeError(
      `classDifficulties: ${classes.length} classes, ${scores.length} scores, ${ious.length} IoUs; expected as many of each`,
    );
  }
  const totals = new Float64Array(numClasses);
  const counts = new Uint32Array(numClasses);
  for (let i = 0; i < classes.length; i++) {
    const label = classes[i]!;
    if (!(Number.isInteger(label) && label >= 0 && label < numClasses) || !isShare(scores[i]!) || !isShare(ious[i]!)) {
      throw new RangeError(
        `classDifficulties: object ${i} has class ${label}, score ${scores[i]}, IoU ${ious[i]}; expected a class below ${numClasses}, and 0 to 1`,
      );
    }
    totals[label]! += 1 - scores[i]! ** xi * ious[i]! ** (1 - xi);
    counts[label]!++;
  }
  return totals.map((total, label) => (counts[label] === 0 ? 1 : total / counts[label]!));
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}
