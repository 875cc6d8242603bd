import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entropy, leastConfidence, margin } from '@qualm/strategies';
import { bestOf } from './best-of.ts';
import { writeResult } from './write-result.ts';

/* Entropy, margin and least confidence of a million rows of 90 float32 scores, on one thread:
 * ours, and SciPy's, scikit-activeml's and NumPy's on the same numbers, in rounds by turns; and
 * the floor of reading those bytes once. Wants a Python with benchmarks/python/requirements.txt
 * (PYTHON, python3 when unset). NumPy and SciPy have one thread for these too. */

const strategies = { entropy, margin, leastConfidence } as const;
type Name = keyof typeof strategies;
const names = Object.keys(strategies) as Name[];

interface PythonResult {
  readonly versions: Readonly<Record<string, string>>;
  readonly milliseconds: Readonly<Record<Name, Record<string, number>>>;
  readonly sums: Readonly<Record<Name, number>>;
  readonly floor: number;
}

const rows = 1_000_000;
const numClasses = 90;
const rounds = 3;
const repeats = 3;
const here = import.meta.dirname;

const matrix = scores();
const folder = mkdtempSync(join(tmpdir(), 'qualm-strategies-'));
try {
  const file = join(folder, 'scores.f32');
  writeFileSync(file, new Uint8Array(matrix.buffer));
  const python = process.env['PYTHON'] ?? 'python3';
  const out = new Float64Array(rows);
  const measured = Array.from({ length: rounds }, () => ({
    ours: Object.fromEntries(
      names.map((name) => [name, bestOf(repeats, () => strategies[name].scoreRows!(matrix, numClasses, out))]),
    ),
    floor: bestOf(repeats, () => sumOfBits(matrix)),
    python: JSON.parse(
      execFileSync(python, [join(here, 'python/strategies.py'), file, String(numClasses), String(repeats)], {
        encoding: 'utf8',
      }),
    ) as PythonResult,
  }));
  report(measured as Measured[]);
} finally {
  rmSync(folder, { recursive: true });
}

interface Measured {
  readonly ours: Readonly<Record<Name, number>>;
  readonly floor: number;
  readonly python: PythonResult;
}

/** Rows that look like a detector's: one or two large scores, the rest small; none is 0, which
 * NumPy's form cannot take.
 */
function scores(): Float32Array {
  const result = new Float32Array(rows * numClasses);
  let state = 1;
  for (let i = 0; i < result.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    result[i] = (((state >>> 8) + 1) / 2 ** 24) ** 4;
  }
  return result;
}

function sumOfBits({ buffer }: Float32Array): number {
  const words = new Int32Array(buffer);
  let sum = 0;
  for (let i = 0; i < words.length; i++) sum = (sum + words[i]!) | 0;
  return sum;
}

function report(measured: readonly Measured[]): void {
  const least = (of: (round: Measured) => number): number => Math.min(...measured.map(of));
  const { sums, versions } = measured[0]!.python;
  // Whichever of the two reads the bytes faster: NumPy's sum of float32 has the widest vectors.
  const floor = Math.min(
    least((round) => round.floor),
    least((round) => round.python.floor),
  );
  const results = names.map((name) => {
    const sum = strategies[name].scoreRows!(matrix, numClasses).reduce((total, value) => total + value, 0);
    if (!(Math.abs(sum / sums[name] - 1) < 1e-5)) throw new Error(`${name}: our sum is ${sum}, theirs ${sums[name]}`);
    const milliseconds = least((round) => round.ours[name]);
    const peers = Object.keys(measured[0]!.python.milliseconds[name]).map((peer) => {
      const peerMilliseconds = least((round) => round.python.milliseconds[name][peer]!);
      return { peer, milliseconds: peerMilliseconds, timesAsFast: peerMilliseconds / milliseconds };
    });
    const beside = peers.map((peer) => `${peer.timesAsFast.toFixed(2)} times as fast as ${peer.peer}`).join(', ');
    console.log(
      `${name}: ${milliseconds.toFixed(0)} ms, ${beside}; ${(milliseconds / floor).toFixed(1)} times the floor`,
    );
    return { name, milliseconds, peers, timesFloor: milliseconds / floor };
  });
  console.log(`floor: ${floor.toFixed(0)} ms to read the bytes once`);
  writeResult('strategies', versions, { rows, numClasses, rounds, repeats, floor, results });
}
