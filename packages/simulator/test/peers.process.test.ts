import { readFileSync } from 'node:fs';
import { entropy, leastConfidence, margin } from '@qualm/strategies';
import { beforeAll, describe, expect, it } from 'vitest';
import { logisticRegression, simulate } from '../src/index.ts';
import { readData } from './data.ts';

interface Fixture {
  readonly source: string;
  readonly labels: number[];
  readonly curves: Record<string, { readonly mean: number[]; readonly error: number[] }>;
}

interface CurveRow {
  readonly strategy: string;
  readonly labels: number;
  readonly accuracy: number;
}

const file = new URL('../fixtures/peers/peers.json', import.meta.url);
const { source, labels, curves: peers } = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
const seeds = Array.from({ length: 10 }, (_, seed) => seed);
let rows: readonly CurveRow[];

/** The same experiment with other chance; both means have an error, of which four make room for 80
 * comparisons.
 */
describe(`learning curves on the digits are those of ${source}, within chance`, () => {
  beforeAll(async () => {
    const { features, numFeatures, labels: truth } = readData('digits');
    const pool = { features, numFeatures };
    const learner = logisticRegression({ strength: 10 });
    const { curves } = await simulate(pool, truth, learner, [margin, entropy, leastConfidence], { seeds, budget: 200 });
    rows = curves.objects() as CurveRow[];
  }, 240_000);

  it.each(Object.keys(peers))('%s', (strategy) => {
    const { mean, error } = peers[strategy]!;
    labels.forEach((count, place) => {
      const ours = rows.filter((row) => row.strategy === strategy && row.labels === count).map((row) => row.accuracy);
      expect(ours).toHaveLength(seeds.length);
      const own = ours.reduce((sum, value) => sum + value, 0) / ours.length;
      // The peer's deviation over its thirty seeds, for the ten of ours too.
      const deviation = error[place]! * Math.sqrt(30);
      const chance = Math.hypot(error[place]!, deviation / Math.sqrt(seeds.length));
      expect(Math.abs(own - mean[place]!), `${count} labels: ${own}, ${mean[place]}`).toBeLessThan(4 * chance);
    });
  });
});
