import { createStrategy } from '@qualm/strategies';

/** How much of the score lies outside the two best classes: an item that is neither this nor that.
 * 0 to 1 - 2 / k for k classes.
 */
export const tail = createStrategy('tail', 'descending', (scores) => {
  const sorted = Float64Array.from(scores).sort().reverse();
  const total = sorted.reduce((sum, score) => sum + score, 0);
  return 1 - (sorted[0]! + (sorted[1] ?? 0)) / total;
});
