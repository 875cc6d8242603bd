import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ColumnTable } from 'arquero';
import * as aq from 'arquero';
import { compareWithRandom, logisticRegression, simulate } from '@qualm/simulator';
import type { Comparison, SimulateOptions } from '@qualm/simulator';
import { entropy, leastConfidence, margin } from '@qualm/strategies';
import { writeResult } from './write-result.ts';

/* Usage: tsx benchmarks/labels-saved.ts [groups]
 *
 * How many labels each strategy needs beside random, on data whose labels are known, and how
 * much that varies: ten seeds are one experiment, as people run it, and each group is another
 * ten. */

interface Experiment {
  readonly data: 'digits' | 'two-moons' | 'iris';
  readonly target: number;
  readonly options: Omit<SimulateOptions, 'seeds'>;
}

const groups = Number(process.argv[2] ?? 20);
const groupSize = 10;
const experiments: readonly Experiment[] = [
  { data: 'two-moons', target: 0.93, options: { initial: 10, batchSize: 5, budget: 60 } },
  { data: 'iris', target: 0.93, options: { initial: 15, batchSize: 5, budget: 50 } },
  { data: 'iris', target: 0.93, options: { initial: 5, batchSize: 5, budget: 50 } },
  { data: 'digits', target: 0.9, options: { budget: 200 } },
];

const results = [];
for (const experiment of experiments) results.push(await measure(experiment));
writeResult('labels-saved', {}, { groups, groupSize, results });

async function measure({ data, target, options }: Experiment): Promise<object> {
  const { features, numFeatures, labels } = readData(data);
  const seeds = Array.from({ length: groups * groupSize }, (_, seed) => seed);
  const strategies = [margin, leastConfidence, entropy];
  const learner = logisticRegression({ strength: 10 });
  const { curves } = await simulate({ features, numFeatures }, labels, learner, strategies, { seeds, ...options });
  const all = compareWithRandom(curves, target);
  const byGroup = Array.from({ length: groups }, (_, group) => compareWithRandom(ofGroup(curves, group), target));
  const found = all.map((overall, index) =>
    spreadOf(
      overall,
      all[0]!,
      byGroup.map((rows) => [rows[index]!, rows[0]!]),
    ),
  );
  console.log(data, options);
  console.table(found.map(({ shares: _shares, ...row }) => row));
  return { data, target, ...options, strategies: found };
}

function ofGroup(curves: ColumnTable, group: number): ColumnTable {
  const inGroup = aq.escape(({ seed }: { seed: number }) => Math.floor(seed / groupSize) === group);
  return curves.filter(inGroup).reify();
}

/** Of a strategy over all seeds, and over the groups: least, median and greatest. */
function spreadOf(overall: Comparison, random: Comparison, pairs: readonly (readonly [Comparison, Comparison])[]) {
  const shares = pairs.map(([own, chance]) => shareOf(own, chance)).sort((a, b) => a - b);
  const differences = pairs.map(([own]) => own.difference).sort((a, b) => a - b);
  const wins = pairs.map(([own]) => own.wins).sort((a, b) => a - b);
  return {
    ...overall,
    shareOfRandom: shareOf(overall, random),
    shareLeast: shares[0]!,
    shareMedian: medianOf(shares),
    shareGreatest: shares.at(-1)!,
    neverReached: shares.filter((share) => share === Infinity).length,
    differenceLeast: differences[0]!,
    differenceGreatest: differences.at(-1)!,
    winsLeast: wins[0]!,
    winsGreatest: wins.at(-1)!,
    shares,
  };
}

function shareOf({ labelsToTarget }: Comparison, random: Comparison): number {
  return (labelsToTarget ?? Infinity) / (random.labelsToTarget ?? Infinity);
}

function medianOf(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  return (sorted[Math.floor(half - 0.5)]! + sorted[Math.floor(half)]!) / 2;
}

interface Fixture {
  readonly numFeatures: number;
  readonly labels: string;
  readonly features?: readonly number[];
  /** Bytes of 0..16, in base64. */
  readonly pixels?: string;
}

function readData(name: string): { features: Float64Array; numFeatures: number; labels: Int32Array } {
  const file = join(import.meta.dirname, `../packages/simulator/fixtures/${name}/${name}.json`);
  const { numFeatures, labels, features, pixels } = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
  const values = features ?? Array.from(Buffer.from(pixels!, 'base64'), (value) => value / 16);
  return { features: Float64Array.from(values), numFeatures, labels: Int32Array.from(labels, Number) };
}
