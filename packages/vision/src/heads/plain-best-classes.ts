import type { ScoreMatrix } from '@qualm/types';

/** The best class of each anchor whose best number is above the anchor's floor, in the order of the
 * anchors. Valid until the next call.
 */
export interface BestClasses {
  readonly length: number;
  readonly anchors: Int32Array;
  readonly classes: Int32Array;
  /** The number of that class. */
  readonly raw: Float32Array;
  /** Whether all numbers, those of other anchors too, lie in the range. */
  readonly areWithin: boolean;
}

/** Finds them. Ties: the lower class; NaN: never. */
export type FindBestClasses = (
  matrix: ScoreMatrix,
  floors: Float32Array,
  range: readonly [low: number, high: number],
) => BestClasses;

/** A finder that reuses its memory, and reads the numbers once in the order in which they lie. */
export function createPlainBestClasses(): FindBestClasses {
  let anchors = new Int32Array(0);
  let classes = new Int32Array(0);
  let raw = new Float32Array(0);

  return (matrix, floors, range) => {
    const { numAnchors, anchorStride, classStride } = matrix;
    if (raw.length < numAnchors) {
      anchors = new Int32Array(numAnchors);
      classes = new Int32Array(numAnchors);
      raw = new Float32Array(numAnchors);
    }
    raw.fill(-Infinity, 0, numAnchors);
    const areWithin = (classStride <= anchorStride ? scanRows : scanColumns)(matrix, range, raw, classes);
    let length = 0;
    for (let anchor = 0; anchor < numAnchors; anchor++) {
      if (!(raw[anchor]! > floors[anchor]!)) continue;
      anchors[length] = anchor;
      classes[length] = classes[anchor]!;
      raw[length++] = raw[anchor]!;
    }
    return { length, anchors, classes, raw, areWithin };
  };
}

type Scan = (
  matrix: ScoreMatrix,
  range: readonly [low: number, high: number],
  raw: Float32Array,
  classes: Int32Array,
) => boolean;

// A number that is not at most the best so far is better or NaN, so only those few and what is
// below the range are looked at.
const scanRows: Scan = (matrix, [low, high], raw, classes) => {
  const { data, offset, numAnchors, numClasses, anchorStride, classStride } = matrix;
  let areWithin = true;
  for (let anchor = 0; anchor < numAnchors; anchor++) {
    const from = offset + anchor * anchorStride;
    let best = -Infinity;
    let bestClass = 0;
    for (let c = 0; c < numClasses; c++) {
      const value = data[from + c * classStride]!;
      if (value < low) areWithin = false;
      if (value <= best) continue;
      if (!(value <= high)) areWithin = false;
      if (value > best) {
        best = value;
        bestClass = c;
      }
    }
    raw[anchor] = best;
    classes[anchor] = bestClass;
  }
  return areWithin;
};

const scanColumns: Scan = (matrix, [low, high], raw, classes) => {
  const { data, offset, numAnchors, numClasses, anchorStride, classStride } = matrix;
  let areWithin = true;
  for (let c = 0; c < numClasses; c++) {
    const from = offset + c * classStride;
    for (let anchor = 0; anchor < numAnchors; anchor++) {
      const value = data[from + anchor * anchorStride]!;
      if (value < low) areWithin = false;
      if (value <= raw[anchor]!) continue;
      if (!(value <= high)) areWithin = false;
      if (value > raw[anchor]!) {
        raw[anchor] = value;
        classes[anchor] = c;
      }
    }
  }
  return areWithin;
};
