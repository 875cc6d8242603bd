import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { badge, createRandom, kCenterGreedy, kMeans, kMeansPlusPlus, nearDuplicates } from '@qualm/strategies';
import { bestOf } from './best-of.ts';
import { writeResult } from './write-result.ts';

/* 1,000 rows of 50,000 x 256 float32 by k-center greedy, on one thread: ours, scikit-activeml's
 * CoreSet, and NumPy's two usual forms, on the same numbers in rounds by turns; and the floor of
 * reading those bytes once. Two kinds of rows: normal numbers, whose distances are all alike,
 * and 200 clusters. CoreSet and NumPy's plain form, which take minutes, pick fewer rows; each of
 * their picks costs the same, so their time is theirs for a pick times ours. Then other methods
 * beside their peers, and the exact traversal of a million rows beside one in two stages, whose
 * bound is twice as wide. Wants a Python with benchmarks/python/requirements.txt (PYTHON,
 * python3 when unset). */

interface PythonResult {
  readonly versions: Readonly<Record<string, string>>;
  /** Of each peer: milliseconds of a pick, and the rows that it picked. */
  readonly peers: Readonly<Record<string, { readonly perPick: number; readonly picks: readonly number[] }>>;
  /** Milliseconds of other methods, each under our name for it. */
  readonly others: Readonly<Record<OtherName, { readonly peer: string; readonly milliseconds: number }>>;
  readonly floor: number;
}

type OtherName = 'kMeansPlusPlus' | 'badge' | 'kMeans' | 'nearDuplicates';

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
    million: measureMillion(),
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
    others: measureOthers(matrix),
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
  const others = (Object.keys(measured[0]!.others) as OtherName[]).map((name) => {
    const milliseconds = Math.min(...measured.map(({ others }) => others[name]));
    const peerMilliseconds = Math.min(...measured.map(({ python: { others } }) => others[name].milliseconds));
    const { peer } = measured[0]!.python.others[name];
    return { name, milliseconds, peer, peerMilliseconds, timesAsFast: peerMilliseconds / milliseconds };
  });
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
  for (const { name, milliseconds, peer, timesAsFast } of others) {
    console.log(`  ${name}: ${milliseconds.toFixed(0)} ms, ${timesAsFast.toFixed(1)} times as fast as ${peer}`);
  }
  return {
    versions: measured[0]!.python.versions,
    found: { kind, milliseconds, timesFloor: milliseconds / floor, floor, peers, others },
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

/** What python/diversity.py does under the same names. */
function measureOthers(matrix: Float32Array): Record<OtherName, number> {
  const probabilities = new Float32Array(5000 * 10);
  const random = createRandom(2);
  for (let row = 0; row < 5000; row++) {
    const weights = Array.from({ length: 10 }, () => random() ** 8);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    probabilities.set(weights.map((weight) => weight / sum), row * 10); // prettier-ignore
  }
  const few = { matrix: matrix.subarray(0, 5000 * dimensions), dimensions };
  const start = Array.from({ length: 100 }, (_, row) => row);
  return {
    kMeansPlusPlus: bestOf(2, () => kMeansPlusPlus({ matrix, dimensions }, { count })),
    badge: bestOf(2, () => badge(few, { probabilities, numClasses: 10, count: 50 })),
    kMeans: bestOf(1, () => kMeans({ matrix, dimensions }, { numClusters: 100, start, maxIterations: 20 })),
    nearDuplicates: bestOf(2, () => nearDuplicates(few, { maxDistance: 0.05 })),
  };
}

/** 1,000,000 x 64: all at once, and first `count` of each twentieth, then `count` of those. */
function measureMillion(): object {
  const [numRows, width, parts] = [1_000_000, 64, 20];
  const random = createRandom(1);
  const middles = Float32Array.from({ length: 2000 * width }, () => random() - 0.5);
  const matrix = new Float32Array(numRows * width);
  for (let row = 0; row < numRows; row++) {
    const middle = Math.floor(random() * 2000) * width;
    for (let i = 0; i < width; i++) matrix[row * width + i] = middles[middle + i]! + 0.4 * (random() - 0.5);
  }
  const embeddings = { matrix, dimensions: width };
  const exactly = (): Uint32Array => kCenterGreedy(embeddings, { count }).rows;
  const inTwoStages = (): Uint32Array => {
    const union = new Uint32Array(parts * count);
    for (let part = 0; part < parts; part++) {
      const first = (part * numRows) / parts;
      const ofPart = matrix.subarray(first * width, (first + numRows / parts) * width);
      const { rows: picks } = kCenterGreedy({ matrix: ofPart, dimensions: width }, { count });
      union.set(picks.map((row) => first + row), part * count); // prettier-ignore
    }
    const few = new Float32Array(union.length * width);
    union.forEach((row, place) => {
      few.set(matrix.subarray(row * width, (row + 1) * width), place * width);
    });
    return kCenterGreedy({ matrix: few, dimensions: width }, { count }).rows.map((place) => union[place]!);
  };
  // How far the farthest of all rows is from the picks.
  const radiusOf = (labelled: Uint32Array): number =>
    kCenterGreedy(embeddings, { count: 1, labelled }).at(0)!.scores['distance']!;
  const milliseconds = bestOf(1, exactly);
  const twoStageMilliseconds = bestOf(1, inTwoStages);
  const found = {
    milliseconds,
    radius: radiusOf(exactly()),
    twoStageMilliseconds,
    twoStageRadius: radiusOf(inTwoStages()),
  };
  console.log(`a million rows: ${milliseconds.toFixed(0)} ms; in two stages ${twoStageMilliseconds.toFixed(0)} ms`);
  return { rows: numRows, dimensions: width, count, parts, ...found };
}
