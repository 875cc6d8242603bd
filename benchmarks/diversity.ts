import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, kCenterGreedy } from '@qualm/strategies';
import { bestOf } from './best-of.ts';
import { writeResult } from './write-result.ts';

/* 1,000 rows of 50,000 x 256 float32 by k-center greedy, on one thread: ours, scikit-activeml's CoreSet, and NumPy's two usual forms, on the
 * same numbers in rounds by turns; and the floor of reading those bytes once. Two kinds of rows: normal numbers, whose distances are all
 * alike, and 200 clusters. CoreSet and NumPy's plain form, which take minutes, pick fewer rows; each of their picks costs the same, so their
 * time is theirs for a pick times ours. Wants a Python with benchmarks/python/requirements.txt (PYTHON, python3 when unset). */

interface PythonResult {
  readonly versions: Readonly<Record<string, string>>;
  /** Of each peer: milliseconds of a pick, and the rows that it picked. */
  readonly peers: Readonly<Record<string, { readonly perPick: number; readonly picks: readonly number[] }>>;
  readonly floor: number;
}

const rows = 50_000;
const dimensions = 256;
const count = 1000;
const rounds = 3;
const here = import.meta.dirname;
const kinds = { normal: normalRows(0, 1), clusters: normalRows(200, 0.3) };

const folder = mkdtempSync(join(tmpdir(), 'qualm-diversity-'));
try {
  const results = Object.entries(kinds).map(([kind, matrix]) => measure(kind, matrix));
  writeResult('diversity', results[0]!.versions, {
    rows,
    dimensions,
    count,
    rounds,
    results: results.map(({ found }) => found),
  });
} finally {
  rmSync(folder, { recursive: true });
}

function measure(kind: string, matrix: Float32Array): { versions: PythonResult['versions']; found: object } {
  const file = join(folder, `${kind}.f32`);
  writeFileSync(file, new Uint8Array(matrix.buffer));
  const python = process.env['PYTHON'] ?? 'python3';
  const pick = (): Uint32Array => kCenterGreedy({ matrix, dimensions }, { count, labelled: [0] }).rows;
  const measured = Array.from({ length: rounds }, () => ({
    ours: bestOf(2, pick),
    python: JSON.parse(
      execFileSync(python, [join(here, 'python/diversity.py'), file, String(dimensions), String(count)], {
        encoding: 'utf8',
        env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' },
      }),
    ) as PythonResult,
  }));
  const milliseconds = Math.min(...measured.map(({ ours }) => ours));
  const floor = Math.min(...measured.map(({ python: { floor } }) => floor));
  const picks = pick();
  const peers = Object.keys(measured[0]!.python.peers).map((peer) => {
    const perPick = Math.min(...measured.map(({ python: { peers } }) => peers[peer]!.perPick));
    const theirs = measured[0]!.python.peers[peer]!.picks;
    const samePicks = theirs.findIndex((row, place) => row !== picks[place]);
    return {
      peer,
      milliseconds: perPick * count,
      picksTimed: theirs.length,
      timesAsFast: (perPick * count) / milliseconds,
      samePicks: samePicks < 0 ? theirs.length : samePicks,
    };
  });
  console.log(
    `${kind}: ${milliseconds.toFixed(0)} ms, ${(milliseconds / floor).toFixed(0)} times the floor of ${floor.toFixed(0)} ms`,
  );
  for (const { peer, timesAsFast, samePicks, picksTimed } of peers) {
    console.log(
      `  ${timesAsFast.toFixed(1)} times as fast as ${peer}; the first ${samePicks} of ${picksTimed} picks are the same`,
    );
  }
  return {
    versions: measured[0]!.python.versions,
    found: { kind, milliseconds, timesFloor: milliseconds / floor, floor, peers },
  };
}

/** Normal numbers around as many middles, which are normal themselves; around 0 without any. */
function normalRows(numMiddles: number, spread: number): Float32Array {
  const random = createRandom(1);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const middles = Float32Array.from({ length: Math.max(1, numMiddles) * dimensions }, () =>
    numMiddles > 0 ? normal() : 0,
  );
  const matrix = new Float32Array(rows * dimensions);
  for (let row = 0; row < rows; row++) {
    const middle = Math.floor(random() * Math.max(1, numMiddles)) * dimensions;
    for (let i = 0; i < dimensions; i++) matrix[row * dimensions + i] = middles[middle + i]! + spread * normal();
  }
  return matrix;
}
