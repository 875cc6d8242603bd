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

/** Where the column of the background stands: before the classes, behind them, or nowhere. */
export type Background = 'first' | 'last' | 'none';

/** Softmax over each anchor's whole row, with the column of the background, which stands just
 * before the matrix or just behind it.
 */
export function createSoftmax(matrix: ScoreMatrix, background: Background): Activation {
  const { data, offset, numClasses, anchorStride, classStride } = matrix;
  const first = background === 'first' ? -classStride : 0;
  const end = classStride * (background === 'last' ? numClasses + 1 : numClasses);
  const backgroundAt = offset + (background === 'first' ? first : end - classStride);
  let current = -1;
  let max = 0;
  let sum = 0;

  const normalise = (anchor: number): void => {
    const from = offset + anchor * anchorStride;
    current = anchor;
    max = -Infinity;
    sum = 0;
    for (let i = from + first; i < from + end; i += classStride) max = Math.max(max, data[i]!);
    for (let i = from + first; i < from + end; i += classStride) sum += Math.exp(data[i]! - max);
  };

  return {
    // exp(raw - background) bounds the softmax from above, so most anchors need no exponential at
    // all.
    floor: (anchor, threshold) =>
      background === 'none' ? -Infinity : below(data[backgroundAt + anchor * anchorStride]! + Math.log(threshold)),
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
