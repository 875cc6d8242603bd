import type { Anchors } from '@qualm/types';

/** The best class of each anchor whose raw value is above the anchor's floor, else -1; valid until
 * the next call.
 */
export interface BestClasses {
  readonly raw: Float64Array;
  readonly classes: Int32Array;
}

/** A finder of each anchor's best class (ties: the lower class; NaN: never) that reuses its memory
 * and reads each output once in the order in which it lies in memory.
 */
export function createBestClasses(threshold: number): (anchors: Anchors) => BestClasses {
  let raw = new Float64Array(0);
  let classes = new Int32Array(0);

  return (anchors) => {
    const { numAnchors, classStride } = anchors.scores;
    if (raw.length < numAnchors) {
      raw = new Float64Array(numAnchors);
      classes = new Int32Array(numAnchors);
    }
    for (let anchor = 0; anchor < numAnchors; anchor++) raw[anchor] = anchors.activation.floor(anchor, threshold);
    classes.fill(-1, 0, numAnchors);
    (classStride === 1 ? scanRows : scanColumns)(anchors, raw, classes);
    return { raw, classes };
  };
}

function scanRows({ scores, isPeak }: Anchors, raw: Float64Array, classes: Int32Array): void {
  const { data, offset, numAnchors, numClasses, anchorStride } = scores;
  for (let anchor = 0; anchor < numAnchors; anchor++) {
    const from = offset + anchor * anchorStride;
    let best = raw[anchor]!;
    // No class can pass, as with most anchors of heads that have an objectness.
    if (best === Infinity) continue;
    let bestClass = -1;
    for (let c = 0; c < numClasses; c++) {
      const value = data[from + c]!;
      if (value > best && (isPeak === undefined || isPeak(anchor, c))) {
        best = value;
        bestClass = c;
      }
    }
    raw[anchor] = best;
    classes[anchor] = bestClass;
  }
}

function scanColumns({ scores, isPeak }: Anchors, raw: Float64Array, classes: Int32Array): void {
  const { data, offset, numAnchors, numClasses, anchorStride, classStride } = scores;
  for (let c = 0; c < numClasses; c++) {
    const from = offset + c * classStride;
    for (let anchor = 0; anchor < numAnchors; anchor++) {
      const value = data[from + anchor * anchorStride]!;
      if (value > raw[anchor]! && (isPeak === undefined || isPeak(anchor, c))) {
        raw[anchor] = value;
        classes[anchor] = c;
      }
    }
  }
}
