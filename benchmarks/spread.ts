import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { classificationChange, deltaF, findLabelErrors, fitTemperature } from '@qualm/evaluation';
import { createRandom, entropy, fromLogits } from '@qualm/strategies';
import { kappaAverage, labelQuality } from '@qualm/evaluation';
import { leastConfidence, margin, toProbabilities } from '@qualm/strategies';
import type { Strategy } from '@qualm/types';
import { mistakenness, overallUncertainty } from '@qualm/evaluation';
import { topRows } from '@qualm/strategies';
import type { LabelErrorFilter, LabelQualityMethod } from '@qualm/evaluation';
import { cache, testData } from '../examples/setup/folders.ts';
import { listSwappedLabels } from './spread/swapped-labels.ts';
import { readLabelledImages } from './which-strategy/read-labelled-images.ts';
import { writeResult } from './write-result.ts';

/* Usage: tsx benchmarks/spread.ts [draws]
 *
 * The numbers of docs/strategies that hang on one draw, over twenty others: label errors on
 * spoilt digits and photographs, stopping, and a fitted temperature. Wants a Python with numpy
 * and scikit-learn (PYTHON), and for boxes what benchmarks/which-strategy.ts has stored. */

interface Answer {
  readonly versions: Readonly<Record<string, string>>;
  readonly truth: readonly number[];
  readonly spoilt: readonly { readonly labels: readonly number[]; readonly probabilities: string }[];
  readonly stopping: readonly (readonly Round[])[];
}

interface Round {
  readonly labels: number;
  readonly accuracy: number;
  readonly probabilities: string;
}

const numClasses = 10;
const script = join(import.meta.dirname, 'python/spread.py');
/* Small matrices: more threads only wait for each other. */
const env = { ...process.env, OPENBLAS_NUM_THREADS: '1' };
const options = { encoding: 'utf8', maxBuffer: 2 ** 30, env } as const;
const text = execFileSync(process.env['PYTHON'] ?? 'python3', [script, process.argv[2] ?? '20'], options);
const { versions, truth, spoilt, stopping } = JSON.parse(text) as Answer;
const results = {
  labelErrors: labelErrors(),
  labelRankings: labelRankings(),
  stopping: stoppings(),
  swappedLabels: await swappedLabels(),
  calibration: calibrations(),
};
for (const [name, rows] of Object.entries(results)) {
  console.log(`\n${name}`);
  console.table(rows);
}
writeResult('spread', versions, { draws: spoilt.length, ...results });

function labelErrors(): object[] {
  const filters: readonly LabelErrorFilter[] = ['prune-by-noise-rate', 'prune-by-class', 'both', 'confident-learning'];
  return filters.map((filter) => {
    const found = spoilt.map(({ labels, probabilities }) => {
      const { rows } = findLabelErrors(read(probabilities), labels, numClasses, { filter });
      const hits = rows.filter((row) => labels[row] !== truth[row]).length;
      return { rows: rows.length, precision: hits / rows.length, recall: hits / numWrong(labels) };
    });
    return {
      filter,
      ...spread(
        'rows',
        found.map(({ rows }) => rows),
      ),
      ...spread(
        'precision',
        found.map(({ precision }) => precision),
      ),
      ...spread(
        'recall',
        found.map(({ recall }) => recall),
      ),
    };
  });
}

function labelRankings(): object[] {
  const methods: readonly LabelQualityMethod[] = [
    'self-confidence',
    'normalized-margin',
    'confidence-weighted-entropy',
  ];
  const hitsBy = (rank: (p: Float64Array, labels: readonly number[]) => ArrayLike<number>): number[] =>
    spoilt.map(
      ({ labels, probabilities }) =>
        Array.from(rank(read(probabilities), labels)).filter((row) => labels[row] !== truth[row]).length,
    );
  return [
    ...methods.map((method) => ({
      by: method,
      ...spread(
        'hits',
        hitsBy((p, labels) =>
          topRows(labelQuality(p, labels, numClasses, { method }), 'ascending', { limit: numWrong(labels) }),
        ),
      ),
    })),
    {
      by: 'mistakenness',
      ...spread(
        'hits',
        hitsBy((p, labels) => topRows(mistakenness(p, labels, numClasses), 'descending', { limit: numWrong(labels) })),
      ),
    },
  ];
}

function stoppings(): object[] {
  const criteria: Readonly<Record<string, (rounds: readonly Float64Array[]) => boolean>> = {
    kappaAverage: (rounds) => kappaAverage(rounds.map(classesOf), numClasses).stop,
    'deltaF, digit 8': (rounds) => deltaF(rounds.map(classesOf), { positive: 8 }).stop,
    classificationChange: (rounds) => classificationChange(rounds.map(classesOf)).stop,
    'classificationChange, .05': (rounds) => classificationChange(rounds.map(classesOf), { threshold: 0.05 }).stop,
    'overallUncertainty, .05': (rounds) => overallUncertainty(rounds, numClasses, { threshold: 0.05 }).stop,
    'overallUncertainty, .1': (rounds) => overallUncertainty(rounds, numClasses, { threshold: 0.1 }).stop,
    'no stopping': (rounds) => rounds.length === stopping[0]!.length,
  };
  return Object.entries(criteria).map(([criterion, stops]) => {
    const stopped = stopping.flatMap((history) => {
      const rounds = history.map(({ probabilities }) => read(probabilities));
      const at = rounds.findIndex((_, round) => stops(rounds.slice(0, round + 1)));
      if (at < 0) return [];
      return [{ ...history[at]!, lost: history.at(-1)!.accuracy - history[at]!.accuracy }];
    });
    return {
      criterion,
      never: stopping.length - stopped.length,
      ...spread(
        'labels',
        stopped.map(({ labels }) => labels),
      ),
      ...spread(
        'accuracy',
        stopped.map(({ accuracy }) => accuracy),
      ),
      ...spread(
        'lost',
        stopped.map(({ lost }) => lost),
      ),
    };
  });
}

async function swappedLabels(): Promise<object[]> {
  const data = testData();
  const predictions = join(cache, 'which-strategy/yolox-nano');
  if (!data || !existsSync(predictions)) return [];
  const images = await readLabelledImages(predictions, join(data, 'coco-val2017/instances.json'));
  const draws = spoilt.map((_, seed) => listSwappedLabels(images, seed));
  return Object.keys(draws[0]!).map((way) => {
    const found = draws.map((draw) => draw[way]!);
    return {
      way,
      ...spread(
        'listed',
        found.map(({ listed }) => listed),
      ),
      ...spread(
        'precision',
        found.filter(({ listed }) => listed > 0).map(({ listed, right }) => right / listed),
      ),
      ...spread(
        'recall',
        found.map(({ spoilt: all, right }) => right / all),
      ),
      ...spread(
        'first20',
        found.map(({ rightOfFirst20 }) => rightOfFirst20),
      ),
    };
  });
}

/** Of the 400 rows of most doubt those that stay when the temperature is fitted; the example of
 * docs/strategies/calibration.md.
 */
function calibrations(): object[] {
  const kept = spoilt.map((_, seed) => rowsThatStay(seed));
  return Object.keys(kept[0]!).map((strategy) => ({
    strategy,
    ...spread(
      'stay',
      kept.map((one) => one[strategy]!),
    ),
  }));
}

function rowsThatStay(seed: number): Record<string, number> {
  const random = createRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const z = Float64Array.from({ length: 4000 * 5 }, () => 1.5 * normal());
  const p = toProbabilities(z, 5);
  const labels = Array.from({ length: 4000 }, (_, row) => {
    let left = random();
    return p.subarray(5 * row, 5 * row + 5).findIndex((share) => (left -= share) < 0);
  });
  const logits = z.map((value) => 2.5 * value);
  const { temperature, before, after } = fitTemperature(logits, labels, 5);
  const stay = ({ name, order, score, scoreRows }: Strategy): number => {
    const first = (t: number): Uint32Array =>
      topRows(
        fromLogits({ name, order, score, scoreRows: scoreRows! }, { temperature: t }).scoreRows!(logits, 5),
        order,
        { limit: 400 },
      );
    const unscaled = new Set(first(1));
    return first(temperature).filter((row) => unscaled.has(row)).length;
  };
  const strategies = { entropy: stay(entropy), 'least confidence': stay(leastConfidence), margin: stay(margin) };
  return { ...strategies, temperature, 'ece before': before.ece, 'ece after': after.ece };
}

function classesOf(probabilities: Float64Array): number[] {
  return Array.from({ length: probabilities.length / numClasses }, (_, row) => {
    const p = probabilities.subarray(row * numClasses, (row + 1) * numClasses);
    return p.indexOf(Math.max(...p));
  });
}

function numWrong(labels: readonly number[]): number {
  return labels.filter((label, row) => label !== truth[row]).length;
}

function read(base64: string): Float64Array {
  const { buffer, byteOffset, length } = Buffer.from(base64, 'base64');
  return Float64Array.from(new Uint16Array(buffer.slice(byteOffset, byteOffset + length)), (step) => step / 65535);
}

/** Least, median and greatest, under names that begin with `of`. */
function spread(of: string, values: readonly number[]): Record<string, number> {
  if (values.length === 0) return {};
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const median = (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
  return { [`${of}Least`]: sorted[0]!, [`${of}Median`]: median, [`${of}Greatest`]: sorted.at(-1)! };
}
