import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logisticRegression, random, simulate } from '@qualm/simulator';
import { entropy, margin } from '@qualm/strategies';
import { writeResult } from './write-result.ts';

/* Active learning replayed on the digits, 10 to 200 labels: ours on one thread and on as many as
 * there are cores, against the same loop by scikit-learn and scikit-activeml, one after the
 * other. Wants a Python with both (PYTHON). */

interface PythonResult {
  readonly versions: Readonly<Record<string, string>>;
  readonly secondsPerRun: Readonly<Record<string, number>>;
}

const runs = 4;
const seeds = Array.from({ length: runs }, (_, seed) => seed);
const fixtures = join(import.meta.dirname, '../packages/simulator/fixtures');
const file = readFileSync(join(fixtures, 'digits/digits.json'), 'utf8');
const { pixels, labels, numFeatures } = JSON.parse(file) as { pixels: string; labels: string; numFeatures: number };
const pool = { features: Float64Array.from(Buffer.from(pixels, 'base64'), (value) => value / 16), numFeatures };
const truth = Int32Array.from(labels, Number);
const learner = logisticRegression({ strength: 10 });

const script = join(import.meta.dirname, 'python/simulate.py');
const answer = execFileSync(
  process.env['PYTHON'] ?? 'python3',
  ['-W', 'ignore', script, join(fixtures, 'peers/generate.py'), String(runs)],
  { encoding: 'utf8' },
);
const python = JSON.parse(answer.trim().split('\n').at(-1)!) as PythonResult;
const results = [];
for (const threads of [1, 2]) {
  const seconds = { random: await secondsOf(threads, []), both: await secondsOf(threads, [margin, entropy]) };
  const all = python.secondsPerRun;
  const peer = { random: all['random']!, both: all['random']! + all['margin']! + all['entropy']! };
  for (const [name, value] of Object.entries(seconds)) {
    const times = peer[name as keyof typeof peer] / value;
    console.log(
      `${name === 'both' ? 'random, margin, entropy' : name}, ${threads} threads: ${value.toFixed(2)} s a seed, Python ${peer[name as keyof typeof peer].toFixed(2)} (${times.toFixed(2)} times as fast)`,
    );
    results.push({ name, threads, seconds: value, python: peer[name as keyof typeof peer], timesPython: times });
  }
}
writeResult('simulate', python.versions, { rows: truth.length, numFeatures, runs, results });

async function secondsOf(threads: number, strategies: Parameters<typeof simulate>[3]): Promise<number> {
  const began = performance.now();
  await simulate(pool, truth, learner, strategies.length > 0 ? strategies : [random], { seeds, budget: 200, threads });
  return (performance.now() - began) / 1000 / runs;
}
