import type { Label } from '@qualm/types';
import { createDescendingOrder } from './descending-order.ts';

/** A writer of one row of class scores, sorted descending with label ids beside them, cut to
 * `topK`.
 */
export function createSortedScores(
  labels: readonly Label[],
  topK: number,
): (foreground: Float32Array, scores: Float32Array, labelIds: Int32Array, row: number) => void {
  const orderOf = createDescendingOrder();
  const ids = Int32Array.from(labels, (label) => label.id);

  return (foreground, scores, labelIds, row) => {
    const order = orderOf(foreground, ids.length);
    for (let k = 0; k < topK; k++) {
      scores[row * topK + k] = foreground[order[k]!]!;
      labelIds[row * topK + k] = ids[order[k]!]!;
    }
  };
}
