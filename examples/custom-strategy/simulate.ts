/** Would they have helped? Five overlapping clouds of points in the plane, whose classes are known:
 * npm run simulate
 */
import { compareWithRandom, logisticRegression, simulate } from '@qualm/simulator';
import { createRandom, margin } from '@qualm/strategies';
import { diverseMargin } from './diverse-margin.ts';
import { tail } from './tail.ts';

const random = createRandom(1);
const labels = Int32Array.from({ length: 500 }, (_, row) => row % 5);
const features = Float64Array.from({ length: 1000 }, (_, i) => {
  const angle = (2 * Math.PI * labels[i >> 1]!) / 5;
  return (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle)) + 1.5 * (random() + random() - 1);
});
const { curves } = await simulate(
  { features, numFeatures: 2 },
  labels,
  logisticRegression(),
  [margin, tail, diverseMargin],
  { seeds: [1, 2, 3, 4], initial: 10, batchSize: 5, budget: 60 },
);
for (const { strategy, meanAccuracy, wins } of compareWithRandom(curves, 0.8)) {
  console.log(strategy, meanAccuracy.toFixed(3), wins ?? '');
}
