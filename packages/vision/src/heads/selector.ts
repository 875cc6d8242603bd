import type { Anchors, RawScores, ReaderContext, SelectionSpec } from '@qualm/types';
import { createAnchorBoxes } from './anchor-boxes.ts';
import { BoxTally } from './box-tally.ts';
import { createCollector } from './collector.ts';
import { createDescendingOrder } from './descending-order.ts';
import { createGroupSuppressor } from './group-suppressor.ts';
import { SeenGaussians } from './seen-gaussians.ts';
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
  /** What scores are made of, where all its numbers are known to be what they have to be. */
  readonly sound: RawScores | undefined;
  /** What is wrong with the boxes that were read. */
  readonly tally: BoxTally;
}

/** Threshold, best candidates of each class, boxes of those alone, suppression within each class or
 * across them (of turned boxes, where there are any), best detections.
 */
export function createSelector(
  selection: Required<Omit<SelectionSpec, 'minScore'>>,
  { numLabels, size }: ReaderContext,
): (anchors: Anchors) => Selected {
  const collect = createCollector(selection.scoreThreshold, selection.duplicates);
  const orderOf = createDescendingOrder();
  const { iouThreshold, maxCandidates, maxDetections } = selection;
  const isPerClass = selection.nms === 'per-class';
  const numGroups = isPerClass ? numLabels : 1;
  const upright = createSuppressor(numGroups, iouThreshold, maxDetections);
  const rotated = createGroupSuppressor(numGroups, () => new SeenGaussians(iouThreshold));
  const anchorBoxes = createAnchorBoxes();
  const taken = new Int32Array(numLabels);
  const tally = new BoxTally(size);
  let boxes = new Float32Array(0);
  let turned = new Float32Array(0);
  let rows = new Int32Array(0);

  return (anchors) => {
    const { rotatedBoxes } = anchors;
    const candidates = collect(anchors);
    if (boxes.length < 4 * candidates.length) boxes = new Float32Array(4 * candidates.scores.length);
    if (rotatedBoxes && turned.length < 5 * candidates.length) turned = new Float32Array(5 * candidates.scores.length);
    const order = orderOf(candidates.scores, candidates.length);
    if (rows.length < Math.min(maxDetections, order.length)) rows = new Int32Array(order.length);
    const [suppressor, compared, stride] = rotatedBoxes ? [rotated, turned, 5] : [upright, boxes, 4];
    taken.fill(0);
    anchorBoxes.begin(anchors);
    suppressor.clear();
    tally.clear();
    let length = 0;
    // Whether a row is kept depends on better rows alone.
    for (let i = 0; i < order.length && length < maxDetections; i++) {
      const row = order[i]!;
      const classIndex = candidates.classes[row]!;
      if (taken[classIndex]!++ >= maxCandidates) continue;
      anchorBoxes.read(candidates.anchors[row]!, classIndex, boxes, 4 * row);
      if (!tally.add(boxes, 4 * row) || isSmall(boxes, 4 * row, anchors.minSide)) continue;
      rotatedBoxes?.read(candidates.anchors[row]!, turned, 5 * row);
      if (suppressor.keeps(compared, stride * row, isPerClass ? classIndex : 0)) rows[length++] = row;
    }
    return {
      rows: rows.subarray(0, length),
      anchors: candidates.anchors,
      classes: candidates.classes,
      scores: candidates.scores,
      boxes,
      sound: candidates.sound,
      tally,
    };
  };
}

function isSmall(boxes: Float32Array, at: number, minSide = -Infinity): boolean {
  return boxes[at + 2]! - boxes[at]! < minSide || boxes[at + 3]! - boxes[at + 1]! < minSide;
}
