import { readFileSync, writeFileSync } from 'node:fs';
import { logisticRegression, simulate } from '@qualm/simulator';
import { entropy, leastConfidence, margin } from '@qualm/strategies';
import { learningCurves } from '@qualm/viz/charts';
import type { CurvePoint } from '@qualm/viz/charts';

/* Draws docs/pictures/learning-curves-*.svg: the simulations of
 * packages/simulator/test/evidence.process.test.ts, ten seeds each.
 */

const root = new URL('../../', import.meta.url);
const pictures = [
  { data: 'digits', title: 'Digits, 10 first labels, batches of 10', target: 0.9, options: { budget: 200 } },
  {
    ...{ data: 'two-moons', title: 'Two moons, 10 first labels, batches of 5', target: 0.93 },
    options: { batchSize: 5, budget: 60 },
  },
  {
    ...{ data: 'iris', title: 'Iris, 5 first labels, batches of 5: a cold start', target: 0.93 },
    options: { initial: 5, batchSize: 5, budget: 50 },
  },
];
for (const { data, title, target, options } of pictures) {
  const { features, numFeatures, labels } = read(data);
  const { curves } = await simulate(
    { features, numFeatures },
    labels,
    logisticRegression({ strength: 10 }),
    [margin, leastConfidence, entropy],
    { seeds: Array.from({ length: 10 }, (_, seed) => seed), ...options },
  );
  const svg = learningCurves(curves.objects() as CurvePoint[], { title, target });
  writeFileSync(new URL(`docs/pictures/learning-curves-${data}.svg`, root), svg);
}

interface Fixture {
  readonly numFeatures: number;
  readonly labels: string;
  readonly features?: readonly number[];
  /** Bytes of 0..16, in base64. */
  readonly pixels?: string;
}

function read(data: string): { features: Float64Array; numFeatures: number; labels: Int32Array } {
  const file = new URL(`packages/simulator/fixtures/${data}/${data}.json`, root);
  const { numFeatures, labels, features, pixels } = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
  const values = features ?? Array.from(Buffer.from(pixels!, 'base64'), (value) => value / 16);
  return { features: Float64Array.from(values), numFeatures, labels: Int32Array.from(labels, Number) };
}
