import { assertOptions } from '../assert-argument.ts';
import type { BoxArrays } from '../boxes.ts';
import { wrongArgument } from '../wrong-argument.ts';
import { bestOnly } from './best-only.ts';
import { countBoxes } from './count-boxes.ts';
import { iouOfBoxes } from './iou-of-boxes.ts';

/** Two boxes of one thing: their places in the first and in the second list. */
export interface BoxPair {
  readonly first: number;
  readonly second: number;
  readonly iou: number;
}

/** Options of `match`. */
export interface MatchOptions {
  /** Overlap from which on two boxes are of one thing, 0..1. Default 0.5. */
  readonly minIou?: number;
  /** Who chooses first. `label`: of all pairs those of equal label, then those of the greatest
   * overlap, then the first. `score`, which needs scores: as COCO does it, the boxes of the second
   * list in the order of their scores, the first of equals first, each the free box of the greatest
   * overlap, of equal ones the last. Default label. */
  readonly prefer?: 'label' | 'score';
  /** `same` pairs boxes of equal label alone. Default any. */
  readonly labels?: 'any' | 'same';
  /** Which boxes of the second list take part; all of them when absent. */
  readonly counts?: (second: number) => boolean;
}

/** Pairs off two lists of boxes of one image, each box in one pair at most, in the order in which
 * the pairs were found: hits, confusions, differences and disagreements all count these pairs.
 * Boxes that do not overlap are never paired.
 *
 * With `prefer: 'label'` a box goes to one of its own name where such a box overlaps it enough,
 * though another overlaps it more: a cat beside a dog (IoU 0.9) and a cat (IoU 0.6) is the same
 * cat, and the dog is the one difference. Class scores are matched by their best classes.
 * @throws RangeError when boxes, labels and scores do not belong together, `minIou` is not 0..1, or
 * an option is unknown.
 * @see `COCOeval.evaluateImg` of pycocotools (`score`); `ConfusionMatrix` of supervision (`label`)
 * @example const boxes = Float32Array.of(0, 0, 9, 9);
 * match({ boxes, labelIds: [1] }, { boxes, labelIds: [2] }) // [{ first: 0, second: 0, iou: 1 }]
 */
export function match(first: BoxArrays, second: BoxArrays, options: MatchOptions = {}): BoxPair[] {
  return matchOf('match', first, second, options);
}

/** The same for a caller that names itself. */
export function matchOf(where: string, first: BoxArrays, second: BoxArrays, options: MatchOptions): BoxPair[] {
  assertOptions(where, options, '{ minIou: 0.5 }', 'options');
  const { minIou = 0.5, prefer = 'label', labels = 'any', counts } = options;
  const numFirst = countBoxes(where, first);
  const numSecond = countBoxes(where, second);
  const least = leastOverlap(where, minIou);
  const { labelIds: labelsOfFirst } = bestOnly(first);
  const { labelIds: labelsOfSecond, scores } = bestOnly(second);
  if (prefer !== 'label' && prefer !== 'score') throw wrongArgument(where, 'prefer', prefer, 'label or score');
  if (labels !== 'any' && labels !== 'same') throw wrongArgument(where, 'labels', labels, 'any or same');
  if (prefer === 'score' && !scores) throw new RangeError(`${where}: no scores; expected one for each predicted box`);
  const isSame = (a: number, b: number): boolean => labelsOfFirst[a] === labelsOfSecond[b];
  const pairs: BoxPair[] = [];
  for (let b = 0; b < numSecond; b++) {
    if (counts && !counts(b)) continue;
    for (let a = 0; a < numFirst; a++) {
      if (labels === 'same' && !isSame(a, b)) continue;
      const iou = iouOfBoxes(first.boxes, a, second.boxes, b);
      if (iou >= least && iou > 0) pairs.push({ first: a, second: b, iou });
    }
  }
  const byScore = (p: BoxPair, q: BoxPair): number =>
    scores![q.second]! - scores![p.second]! || p.second - q.second || q.iou - p.iou || q.first - p.first;
  const byLabel = (p: BoxPair, q: BoxPair): number =>
    Number(isSame(q.first, q.second)) - Number(isSame(p.first, p.second)) ||
    q.iou - p.iou ||
    p.first - q.first ||
    p.second - q.second;
  return pairOff(pairs.sort(prefer === 'score' ? byScore : byLabel));
}

/** As COCO has it: an overlap of 1 may be a little less for rounding.
 * @throws RangeError when it is not 0..1.
 */
export function leastOverlap(where: string, minIou: number): number {
  if (!(minIou >= 0 && minIou <= 1)) throw new RangeError(`${where}: minIou is ${minIou}; expected 0 to 1`);
  return Math.min(minIou, 1 - 1e-10);
}

/** Of sorted pairs, each that finds both its boxes free. */
function pairOff(pairs: readonly BoxPair[]): BoxPair[] {
  const first = new Set<number>();
  const second = new Set<number>();
  return pairs.filter((pair) => {
    if (first.has(pair.first) || second.has(pair.second)) return false;
    first.add(pair.first);
    second.add(pair.second);
    return true;
  });
}
