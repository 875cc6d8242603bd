import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aggregate, createRandom, leastSure, meanOfBoxes, quantile, topKMean } from '@qualm/strategies';
import type { Aggregation } from '@qualm/strategies';
import { bestOf } from './best-of.ts';
import { writeResult } from './write-result.ts';

/* Scores of ten million boxes to a million images: ours; NumPy's reduceat, which only adds and
 * compares, and a sort by NumPy or pandas' groupby for what reduceat has not; and one pass over
 * the values. Wants a Python with numpy and pandas (PYTHON). */

interface PythonResult {
  readonly versions: Readonly<Record<string, string>>;
  readonly milliseconds: Readonly<Record<string, number>>;
  readonly first: Readonly<Record<string, readonly number[]>>;
  readonly floor: number;
}

const images = 1_000_000;
const repeats = 3;
const random = createRandom(1);
const offsets = new Uint32Array(images + 1);
for (let image = 0; image < images; image++) offsets[image + 1] = offsets[image]! + 1 + Math.floor(19 * random());
const values = Float64Array.from({ length: offsets[images]! }, random);
const jobs: Readonly<Record<string, Aggregation>> = {
  max: leastSure,
  mean: meanOfBoxes,
  top3Mean: topKMean(3),
  median: quantile(0.5),
};
const folder = mkdtempSync(join(tmpdir(), 'qualm-aggregate-'));
try {
  const files = [join(folder, 'values'), join(folder, 'offsets')] as const;
  writeFileSync(files[0], new Uint8Array(values.buffer));
  writeFileSync(files[1], new Uint8Array(offsets.buffer));
  const script = join(import.meta.dirname, 'python/aggregate.py');
  const answer = execFileSync(process.env['PYTHON'] ?? 'python3', [script, ...files, String(repeats)], {
    encoding: 'utf8',
  });
  const python = JSON.parse(answer) as PythonResult;
  const floor = bestOf(repeats, () => {
    let best = -Infinity;
    for (let box = 0; box < values.length; box++) if (values[box]! > best) best = values[box]!;
    return best;
  });
  const results = Object.entries(jobs).map(([name, how]) => {
    const run = (): Float64Array =>
      aggregate({ name: 'x', values, order: 'descending' }, offsets, how, { empty: 'last' }).values;
    python.first[name]!.forEach((value, image) => {
      if (Math.abs(run()[image]! - value) > 1e-12) throw new Error(`${name} of image ${image}: NumPy has ${value}`);
    });
    const milliseconds = bestOf(repeats, run);
    const timesPython = python.milliseconds[name]! / milliseconds;
    console.log(
      `${name}: ${milliseconds.toFixed(0)} ms, Python ${python.milliseconds[name]!.toFixed(0)} (${timesPython.toFixed(2)} times as fast), ` +
        `${(milliseconds / floor).toFixed(1)} times one pass over the values (${floor.toFixed(0)} ms)`,
    );
    return { name, milliseconds, python: python.milliseconds[name]!, timesPython, timesFloor: milliseconds / floor };
  });
  writeResult('aggregate', python.versions, { images, boxes: values.length, repeats, floor, results });
} finally {
  rmSync(folder, { recursive: true });
}
