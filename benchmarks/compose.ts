import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, selectBatch, selectWithinBudget } from '@qualm/strategies';
import { bestOf } from './best-of.ts';
import { writeResult } from './write-result.ts';

/* The 10,000 rows of a million with the largest scores, one of each group at most: ours, and
 * pandas and NumPy on the same numbers, which give the same rows. Then what reasons, balance and
 * a budget cost. Wants a Python with numpy and pandas (PYTHON). */

interface PythonResult {
  readonly versions: Readonly<Record<string, string>>;
  readonly milliseconds: Readonly<Record<string, number>>;
  readonly rows: Readonly<Record<string, readonly number[]>>;
}

const length = 1_000_000;
const numGroups = 50_000;
const count = 10_000;
const repeats = 9;

const random = createRandom(1);
// Of 53 bits, so that none are the same.
const values = Float64Array.from({ length }, () => random() + random() / 2 ** 32);
const groups = Int32Array.from({ length }, () => Math.floor(random() * numGroups));
const classes = Int32Array.from({ length }, () => Math.floor(random() ** 3 * 80));
const costs = Float64Array.from({ length }, () => 1 + Math.floor(random() * 20));
const column = { name: 'doubt', order: 'descending', values } as const;

const runs = {
  'one of each group': () => selectBatch(column, { count, groups }),
  'the same, each pick explained': () => [...selectBatch(column, { count, groups })],
  'the same, balanced over 80 classes': () => selectBatch(column, { count, groups, classes, balance: true }),
  'a budget of 100,000 with selectWithinBudget': () => selectWithinBudget(column, { costs, budget: 100_000 }),
};

const folder = mkdtempSync(join(tmpdir(), 'qualm-compose-'));
try {
  const files = [join(folder, 'scores.f64'), join(folder, 'groups.i32')] as const;
  writeFileSync(files[0], new Uint8Array(values.buffer));
  writeFileSync(files[1], new Uint8Array(groups.buffer));
  const script = join(import.meta.dirname, 'python/compose.py');
  const python = JSON.parse(
    execFileSync(process.env['PYTHON'] ?? 'python3', [script, ...files, String(count), String(repeats)], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    }),
  ) as PythonResult;
  const rows = selectBatch(column, { count, groups }).rows.join();
  for (const [name, others] of Object.entries(python.rows)) {
    if (others.join() !== rows) throw new Error(`${name} gives other rows`);
  }
  const packed = selectWithinBudget(column, { costs, budget: 100_000 });
  console.log(`budget: worth ${packed.value} for ${packed.cost}, at most ${packed.upperBound} possible`);
  const ours = Object.fromEntries(Object.entries(runs).map(([name, run]) => [name, bestOf(repeats, run)]));
  for (const [name, milliseconds] of Object.entries(ours)) console.log(`${name}: ${milliseconds.toFixed(0)} ms`);
  const first = ours['one of each group']!;
  const ratios = Object.fromEntries(
    Object.entries(python.milliseconds).map(([name, milliseconds]) => [name, milliseconds / first]),
  );
  for (const [name, ratio] of Object.entries(ratios)) {
    console.log(
      `${name}: ${python.milliseconds[name]!.toFixed(0)} ms, ${ratio.toFixed(1)} times as long as one of each group`,
    );
  }
  const found = { length, numGroups, count, repeats, milliseconds: ours, python: python.milliseconds, ratios };
  writeResult('compose', python.versions, found);
} finally {
  rmSync(folder, { recursive: true });
}
