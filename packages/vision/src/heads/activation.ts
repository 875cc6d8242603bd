import type { Activation, ScoreMatrix } from '@qualm/types';

export const identity: Activation = {
  floor: (_anchor, threshold) => threshold,
  score: (_anchor, raw) => raw,
};

export const sigmoid: Activation = {
  floor: (_anchor, threshold) => below(Math.log(threshold / (1 - threshold))),
  score: (_anchor, raw) => logistic(raw),
};

export function logistic(raw: number): number {
  return 1 / (1 + Math.exp(-raw));
}

/** Softmax over each anchor's whole row; `background` says that a background column stands before
 * the matrix.
 */
export function createSoftmax(matrix: ScoreMatrix, background: boolean): Activation {
  const first = background ? -1 : 0;
  const { data, offset, numClasses, anchorStride } = matrix;
  let current = -1;
  let max = 0;
  let sum = 0;

  const normalise = (anchor: number): void => {
    const from = offset + anchor * anchorStride;
    current = anchor;
    max = -Infinity;
    sum = 0;
    for (let i = from + first; i < from + numClasses; i++) max = Math.max(max, data[i]!);
    for (let i = from + first; i < from + numClasses; i++) sum += Math.exp(data[i]! - max);
  };

  return {
    // exp(raw - background) bounds the softmax from above, so most anchors need no exponential at
    // all.
    floor: (anchor, threshold) =>
      background ? below(data[offset + anchor * anchorStride - 1]! + Math.log(threshold)) : -Infinity,
    score: (anchor, raw) => {
      if (anchor !== current) normalise(anchor);
      return Math.exp(raw - max) / sum;
    },
  };
}

/** A little less, so that rounding in a bound never costs a candidate. */
export function below(bound: number): number {
  return bound - 1e-6 * (1 + Math.abs(bound));
}
