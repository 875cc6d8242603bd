import type { Anchors } from '@qualm/types';
import { createBestClasses } from './best-classes.ts';
import { Candidates } from './candidates.ts';

/** A collector of the (anchor, class) pairs that score above `threshold`: one for each anchor
 * (`drop`), or one for each class that the anchor passes (`keep`). The result is valid until the
 * next call.
 */
export function createCollector(threshold: number, duplicates: 'drop' | 'keep'): (anchors: Anchors) => Candidates {
  const findBest = createBestClasses(threshold);
  const candidates = new Candidates();

  return (anchors) => {
    const best = findBest(anchors);
    candidates.length = 0;
    for (let anchor = 0; anchor < anchors.scores.numAnchors; anchor++) {
      const bestClass = best.classes[anchor]!;
      if (bestClass < 0) continue;
      if (duplicates === 'keep') {
        pushAll(anchors, anchor, threshold, candidates);
      } else {
        const score = anchors.activation.score(anchor, best.raw[anchor]!);
        if (score > threshold && score < Infinity) candidates.push(anchor, bestClass, score);
      }
    }
    return candidates;
  };
}

function pushAll(anchors: Anchors, anchor: number, threshold: number, candidates: Candidates): void {
  const { scores, activation, isPeak } = anchors;
  const floor = activation.floor(anchor, threshold);
  for (let c = 0; c < scores.numClasses; c++) {
    const raw = scores.data[scores.offset + anchor * scores.anchorStride + c * scores.classStride]!;
    if (!(raw > floor) || isPeak?.(anchor, c) === false) continue;
    const score = activation.score(anchor, raw);
    if (score > threshold && score < Infinity) candidates.push(anchor, c, score);
  }
}
