import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topRows } from '@qualm/strategies';
import { bestOf } from './best-of.ts';
import { writeResult } from './write-result.ts';

/* The rows of the largest of ten million scores: ours; a full sort of the bare values, which is
 * the fastest that JavaScript has and gives no rows; NumPy's sorts and its argpartition on the
 * same numbers. Wants a Python with numpy (PYTHON). */

interface PythonResult {
  readonly versions: Readonly<Record<string, string>>;
  readonly sort: number;
  readonly argsort: number;
  readonly top: Readonly<Record<string, number>>;
  readonly first: readonly number[];
}

const length = 10_000_000;
const counts = [10, 1000, 100_000];
const repeats = 3;

const values = new Float64Array(length);
let state = 1n;
for (let row = 0; row < length; row++) {
  state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
  values[row] = Number(state >> 11n) / 2 ** 53;
}
const folder = mkdtempSync(join(tmpdir(), 'qualm-top-rows-'));
try {
  const file = join(folder, 'scores.f64');
  writeFileSync(file, new Uint8Array(values.buffer));
  const script = join(import.meta.dirname, 'python/top_rows.py');
  const python = JSON.parse(
    execFileSync(process.env['PYTHON'] ?? 'python3', [script, file, String(repeats), ...counts.map(String)], {
      encoding: 'utf8',
    }),
  ) as PythonResult;
  const first = [...topRows(values, 'descending', { limit: 10 })];
  if (first.join() !== python.first.join()) throw new Error(`first rows: ours ${first}, NumPy ${python.first}`);
  const sort = bestOf(repeats, () => values.slice().sort());
  const results = counts.map((count) => {
    const milliseconds = bestOf(repeats, () => topRows(values, 'descending', { limit: count }));
    const timesSort = sort / milliseconds;
    const timesNumpy = python.top[count]! / milliseconds;
    console.log(
      `top ${count}: ${milliseconds.toFixed(0)} ms, ${timesSort.toFixed(1)} times as fast as sorting the values, ` +
        `${timesNumpy.toFixed(1)} times as fast as NumPy argpartition (${(python.argsort / milliseconds).toFixed(0)} as argsort)`,
    );
    return { count, milliseconds, timesSort, timesNumpy, timesArgsort: python.argsort / milliseconds };
  });
  console.log(
    `a full sort: ${sort.toFixed(0)} ms here, NumPy ${python.sort.toFixed(0)} (argsort ${python.argsort.toFixed(0)})`,
  );
  writeResult('top-rows', python.versions, { length, repeats, sort, numpySort: python.sort, results });
} finally {
  rmSync(folder, { recursive: true });
}
