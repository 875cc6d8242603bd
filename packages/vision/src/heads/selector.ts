import type { Anchors, SelectionSpec } from '@qualm/types';
import { createAnchorBoxes } from './anchor-boxes.ts';
import { createCollector } from './collector.ts';
import { createDescendingOrder } from './descending-order.ts';
import { createSuppressor } from './suppressor.ts';

/** What is left of one image's anchors, by score descending: rows of the shared columns. Valid
 * until the next call.
 */
export interface Selected {
  readonly rows: Int32Array;
  readonly anchors: Int32Array;
  readonly classes: Int32Array;
  readonly scores: Float32Array;
  /** [n, 4] xyxy in pixels of the model's input. */
  readonly boxes: Float32Array;
  /** Candidates whose boxes were read, and those of them that are left out because a corner is NaN
   * or infinite.
   */
  readonly read: number;
  readonly unusable: number;
}

/** Threshold, best candidates of each class, boxes of those alone, suppression within each class,
 * best detections.
 */
export function createSelector(
  selection: Required<Omit<SelectionSpec, 'minScore'>>,
  numClasses: number,
): (anchors: Anchors) => Selected {
  const collect = createCollector(selection.scoreThreshold, selection.duplicates);
  const orderOf = createDescendingOrder();
  const suppress = createSuppressor();
  const anchorBoxes = createAnchorBoxes();
  const taken = new Int32Array(numClasses);
  let boxes = new Float32Array(0);

  return (anchors) => {
    const candidates = collect(anchors);
    if (boxes.length < 4 * candidates.length) boxes = new Float32Array(4 * candidates.scores.length);
    const order = orderOf(candidates.scores, candidates.length);
    taken.fill(0);
    anchorBoxes.begin(anchors);
    let end = 0;
    let count = 0;
    let unusable = 0;
    let rows: Int32Array;
    // Whether a row is kept depends on better rows alone, so the best few are tried first and more
    // only when wanted.
    do {
      const next = Math.min(order.length, 4 * Math.max(end, selection.maxDetections));
      for (; end < next; end++) {
        const row = order[end]!;
        if (taken[candidates.classes[row]!]!++ >= selection.maxCandidates) continue;
        anchorBoxes.read(candidates.anchors[row]!, boxes, 4 * row);
        if (isFinite(boxes, 4 * row)) order[count++] = row;
        else unusable++;
      }
      rows = suppress({
        boxes,
        order: order.subarray(0, count),
        groups: candidates.classes,
        iouThreshold: selection.iouThreshold,
        maxKept: selection.maxDetections,
      });
    } while (rows.length < selection.maxDetections && end < order.length);
    return {
      rows,
      anchors: candidates.anchors,
      classes: candidates.classes,
      scores: candidates.scores,
      boxes,
      read: count + unusable,
      unusable,
    };
  };
}

function isFinite(boxes: Float32Array, at: number): boolean {
  return Number.isFinite(boxes[at]! + boxes[at + 1]! + boxes[at + 2]! + boxes[at + 3]!);
}
