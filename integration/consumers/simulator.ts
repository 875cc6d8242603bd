import { compareWithRandom, logisticRegression, simulate } from '@qualm/simulator';
import { margin } from '@qualm/strategies';

const features = Float64Array.from({ length: 200 }, (_, i) => Math.sin(i * i));
const labels = Int32Array.from({ length: 100 }, (_, row) => Number(features[2 * row]! > 0));
const options = { seeds: [1, 2], initial: 10, batchSize: 10, budget: 30, threads: 2 };
const { curves, failures } = await simulate(
  { features, numFeatures: 2 },
  labels,
  logisticRegression(),
  [margin],
  options,
);
console.log(
  curves.numRows(),
  failures.length,
  compareWithRandom(curves, 0.5)
    .map(({ strategy }) => strategy)
    .join(),
);
