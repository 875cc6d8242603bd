import type { Label } from '@qualm/types';
import { createDescendingOrder } from './descending-order.ts';

/** Writes rows of class scores, taken into 0..1 and sorted descending, with label ids beside them:
 * as many of each row as `topK` says, as many rows as have room. Ties: the earlier label first; NaN
 * stays, and comes last.
 * @param readRows writes all scores of `count` rows, one after the other, each in the order of the
 * labels
 */
export type SortRows = (
  readRows: (first: number, count: number, out: Float32Array) => void,
  scores: Float32Array,
  labelIds: Int32Array,
) => void;

/** Sorts row by row. */
export function createPlainSortedRows(labels: readonly Label[], topK: number): SortRows {
  const orderOf = createDescendingOrder();
  const ids = Int32Array.from(labels, (label) => label.id);
  const foreground = new Float32Array(ids.length);

  return (readRows, scores, labelIds) => {
    for (let from = 0, row = 0; from < scores.length; from += topK, row++) {
      readRows(row, 1, foreground);
      for (let c = 0; c < foreground.length; c++) foreground[c] = clamp(foreground[c]!);
      const order = orderOf(foreground, foreground.length);
      for (let k = 0; k < topK; k++) {
        scores[from + k] = foreground[order[k]!]!;
        labelIds[from + k] = ids[order[k]!]!;
      }
    }
  };
}

/** Into 0..1; NaN stays. */
export function clamp(score: number): number {
  return score < 0 ? 0 : score > 1 ? 1 : score;
}
