import type { Anchors, ScoreMatrix } from '@qualm/types';
import { createBestClasses } from './best-classes.ts';
import { Candidates } from './candidates.ts';
import { isWithin, rangeOf } from './raw-scores.ts';

/** A collector of the (anchor, class) pairs that score above `threshold`: one for each anchor
 * (`drop`), or one for each class that the anchor passes (`keep`). The scores are read once, which
 * checks them as well. The result is valid until the next call.
 */
export function createCollector(threshold: number, duplicates: 'drop' | 'keep'): (anchors: Anchors) => Candidates {
  const findBest = createBestClasses();
  const candidates = new Candidates();
  let floors = new Float32Array(0);

  return (anchors) => {
    const { scores, raw, activation, isPeak } = anchors;
    if (floors.length < scores.numAnchors) floors = new Float32Array(scores.numAnchors);
    for (let anchor = 0; anchor < scores.numAnchors; anchor++)
      floors[anchor] = floatBelow(activation.floor(anchor, threshold));
    const part = raw.find(({ matrix }) => covers(matrix, scores));
    const range = rangeOf(part?.wanted);
    const best = findBest(scores, floors, range);
    candidates.length = 0;
    candidates.sound = part && best.areWithin && areOthersWithin(part.matrix, scores, range) ? part : undefined;
    for (let i = 0; i < best.length; i++) {
      const anchor = best.anchors[i]!;
      if (duplicates === 'keep') pushAll(anchors, anchor, threshold, candidates);
      else if (isPeak) pushBestPeak(anchors, anchor, threshold, candidates);
      else push(anchor, best.classes[i]!, activation.score(anchor, best.raw[i]!), threshold, candidates);
    }
    return candidates;
  };
}

/** Whether these are the scores, perhaps with columns before or after them. */
function covers({ data, numAnchors, numClasses, ...at }: ScoreMatrix, scores: ScoreMatrix): boolean {
  const before = (scores.offset - at.offset) / scores.classStride;
  return (
    data === scores.data &&
    numAnchors === scores.numAnchors &&
    at.anchorStride === scores.anchorStride &&
    at.classStride === scores.classStride &&
    Number.isInteger(before) &&
    before >= 0 &&
    before + scores.numClasses <= numClasses
  );
}

/** Whether the columns before the scores and after them are in the range. */
function areOthersWithin(matrix: ScoreMatrix, scores: ScoreMatrix, [low, high]: readonly [number, number]): boolean {
  const { offset, numClasses, classStride } = scores;
  const before = (offset - matrix.offset) / classStride;
  const after = matrix.numClasses - numClasses - before;
  const next = offset + numClasses * classStride;
  return (
    (before === 0 || isWithin({ ...matrix, numClasses: before }, low, high)) &&
    (after === 0 || isWithin({ ...matrix, offset: next, numClasses: after }, low, high))
  );
}

/** A float32 that is at most so much, and hardly less. */
function floatBelow(value: number): number {
  const near = Math.fround(value);
  return near <= value ? near : Math.fround(near - Math.abs(near) * 2 ** -24 - 2 ** -149);
}

function push(anchor: number, classIndex: number, score: number, threshold: number, candidates: Candidates): void {
  if (score > threshold && score < Infinity) candidates.push(anchor, classIndex, score);
}

/** Ties: the lower class; NaN: never. */
function pushBestPeak(
  { scores, activation, isPeak }: Anchors,
  anchor: number,
  threshold: number,
  candidates: Candidates,
): void {
  const { data, offset, numClasses, anchorStride, classStride } = scores;
  const from = offset + anchor * anchorStride;
  let best = activation.floor(anchor, threshold);
  let bestClass = -1;
  for (let c = 0; c < numClasses; c++) {
    const value = data[from + c * classStride]!;
    if (!(value > best) || !isPeak!(anchor, c)) continue;
    best = value;
    bestClass = c;
  }
  if (bestClass >= 0) push(anchor, bestClass, activation.score(anchor, best), threshold, candidates);
}

function pushAll(
  { scores, activation, isPeak }: Anchors,
  anchor: number,
  threshold: number,
  candidates: Candidates,
): void {
  const { data, offset, numClasses, anchorStride, classStride } = scores;
  const from = offset + anchor * anchorStride;
  const floor = activation.floor(anchor, threshold);
  for (let c = 0; c < numClasses; c++) {
    const raw = data[from + c * classStride]!;
    if (raw > floor && isPeak?.(anchor, c) !== false)
      push(anchor, c, activation.score(anchor, raw), threshold, candidates);
  }
}
