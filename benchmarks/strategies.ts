import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entropy, margin } from '@qualm/strategies';
import { writeResult } from './write-result.ts';

/* Entropy and margin of a million rows of 90 float32 scores: ours, and SciPy's and NumPy's on the same numbers, in turn
 * on the same machine; and the floor of reading those bytes once. Wants a Python with scipy (PYTHON, python3 when unset). */

interface PythonResult {
  readonly versions: Readonly<Record<string, string>>;
  readonly milliseconds: { readonly entropy: number; readonly margin: number };
  readonly sums: { readonly entropy: number; readonly margin: number };
}

const rows = 1_000_000;
const numClasses = 90;
const repeats = 5;
const here = import.meta.dirname;

const matrix = scores();
const folder = mkdtempSync(join(tmpdir(), 'qualm-strategies-'));
try {
  const file = join(folder, 'scores.f32');
  writeFileSync(file, new Uint8Array(matrix.buffer));
  const out = new Float64Array(rows);
  const ours = {
    entropy: best(() => entropy.scoreRows!(matrix, numClasses, out)),
    margin: best(() => margin.scoreRows!(matrix, numClasses, out)),
    floor: best(() => sumOfBits(matrix)),
  };
  const python = process.env['PYTHON'] ?? 'python3';
  const arguments_ = [join(here, 'python/strategies.py'), file, String(numClasses), String(repeats)];
  report(ours, JSON.parse(execFileSync(python, arguments_, { encoding: 'utf8' })) as PythonResult);
} finally {
  rmSync(folder, { recursive: true });
}

/** Rows that look like a detector's: one or two large scores, the rest small. */
function scores(): Float32Array {
  const result = new Float32Array(rows * numClasses);
  let state = 1;
  for (let i = 0; i < result.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    result[i] = ((state >>> 8) / 2 ** 24) ** 4;
  }
  return result;
}

function best(run: () => unknown): number {
  const times = Array.from({ length: repeats }, () => {
    const began = performance.now();
    run();
    return performance.now() - began;
  });
  return Math.min(...times);
}

function sumOfBits({ buffer }: Float32Array): number {
  const words = new Int32Array(buffer);
  let sum = 0;
  for (let i = 0; i < words.length; i++) sum = (sum + words[i]!) | 0;
  return sum;
}

function report(ours: { entropy: number; margin: number; floor: number }, theirs: PythonResult): void {
  const checked = { entropy: entropy.scoreRows!(matrix, numClasses), margin: margin.scoreRows!(matrix, numClasses) };
  const results = (['entropy', 'margin'] as const).map((name) => {
    const sum = checked[name].reduce((total, value) => total + value, 0);
    const difference = Math.abs(sum / theirs.sums[name] - 1);
    if (!(difference < 1e-6)) throw new Error(`${name}: our sum is ${sum}, theirs ${theirs.sums[name]}`);
    const [ms, peer] = [ours[name], theirs.milliseconds[name]];
    console.log(
      `${name}: ${ms.toFixed(0)} ms, SciPy/NumPy ${peer.toFixed(0)} ms, so ${(peer / ms).toFixed(2)} times as fast; ` +
        `${(ms / ours.floor).toFixed(1)} times the floor of ${ours.floor.toFixed(0)} ms for reading the bytes`,
    );
    return { name, milliseconds: ms, peerMilliseconds: peer, timesAsFast: peer / ms, timesFloor: ms / ours.floor };
  });
  writeResult('strategies', theirs.versions, { rows, numClasses, repeats, floor: ours.floor, results });
}
