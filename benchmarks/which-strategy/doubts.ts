import { createEntropy, createStrategy, entropy, gini, leastConfidence, margin, orient } from '@qualm/strategies';
import { perLabel, ratio } from '@qualm/strategies';
import type { ScoreFunction } from '@qualm/strategies';

const { score: binaryEntropy } = perLabel(entropy);
const isItThere = (scores: ArrayLike<number>): number => binaryEntropy([scores[0]!]);

/** What is asked of the class scores of a box, the largest first; all turned so that large numbers
 * are least sure.
 */
export const doubts: readonly ScoreFunction[] = [
  named('least confidence', leastConfidence.score),
  named('margin', orient(margin).score),
  named('ratio', ratio.score),
  named('entropy', entropy.score),
  named('entropy, raw', createEntropy({ normalized: true, renormalize: false }).score),
  named('gini', gini.score),
  named('is it there?', isItThere),
  named('is it there? + ratio', (scores) => isItThere(scores) / Math.LN2 + ratio.score(scores)),
  named('entropies of labels', perLabel(entropy, { combine: 'sum' }).score),
  named('ginis of labels', perLabel(gini, { combine: 'sum' }).score),
  named('least sure label', perLabel(entropy, { combine: 'least-sure' }).score),
  named('entropy with background', (scores) => entropy.score(withBackground(scores))),
  named('margin with background', (scores) => orient(margin).score(withBackground(scores))),
];

function named(name: string, score: (scores: ArrayLike<number>) => number): ScoreFunction {
  return createStrategy(name, 'descending', score);
}

/** The scores and what they leave to 1, which in a softmax is the background's. */
function withBackground(scores: ArrayLike<number>): number[] {
  const all = Array.from(scores);
  return [...all, Math.max(0, 1 - all.reduce((sum, score) => sum + score, 0))];
}
