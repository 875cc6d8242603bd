import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { batchedNms, nms } from '@qualm/vision';
import { writeResult } from './write-result.ts';

/* Usage: PYTHON=<with torch and torchvision> tsx --conditions @qualm/source benchmarks/nms.ts */
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const python = process.env['PYTHON'] ?? 'python3';
const rounds = 31;
const iouThreshold = 0.5;

interface Boxes {
  readonly name: string;
  readonly boxes: Float32Array;
  readonly scores: Float32Array;
  readonly classIds: Int32Array;
}

interface Timing {
  readonly median: number;
  readonly best: number;
}

interface Peer {
  readonly results: readonly {
    readonly nms: Timing;
    readonly batchedNms: Timing;
    readonly kept: readonly number[];
    readonly batchedKept: readonly number[];
  }[];
  readonly versions: Readonly<Record<string, string>>;
}

function lehmer(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** `clusters` objects with jittered boxes around them, as a detector's candidates lie; none for
 * independent boxes.
 */
function makeBoxes(name: string, count: number, clusters: number, maxSize: number): Boxes {
  const random = lehmer(count + clusters);
  const box = (): number[] => {
    const [x, y] = [random() * 640, random() * 480];
    return [x, y, x + 4 + random() * maxSize, y + 4 + random() * maxSize];
  };
  const objects = Array.from({ length: clusters }, box);
  const rows = Array.from({ length: count }, (_, row) =>
    clusters === 0 ? box() : objects[row % clusters]!.map((value) => value + (random() - 0.5) * 20),
  );
  return {
    name,
    boxes: Float32Array.from(rows.flat()),
    scores: Float32Array.from({ length: count }, random),
    classIds: Int32Array.from({ length: count }, (_, row) => row % 20),
  };
}

const cases = [
  makeBoxes('200, clustered', 200, 15, 120),
  makeBoxes('1000, clustered', 1000, 30, 120),
  makeBoxes('1000, independent', 1000, 0, 120),
  makeBoxes('10000, clustered', 10_000, 100, 120),
  makeBoxes('10000, independent', 10_000, 0, 60),
];

function timed(work: () => Int32Array): { kept: Int32Array; timing: Timing } {
  const warm = performance.now() + 100;
  while (performance.now() < warm) work();
  let kept = work();
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    kept = work();
    return performance.now() - started;
  }).sort((a, b) => a - b);
  return { kept, timing: { median: times[rounds >> 1]!, best: times[0]! } };
}

function torchvision(): Peer {
  const folder = mkdtempSync(join(tmpdir(), 'qualm-nms-'));
  try {
    const file = join(folder, 'cases.json');
    const plain = cases.map(({ boxes, scores, classIds }) => ({
      boxes: [...boxes],
      scores: [...scores],
      classIds: [...classIds],
    }));
    writeFileSync(file, JSON.stringify(plain));
    const line = execFileSync(python, [here('./python/nms.py'), file, String(rounds)], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    return JSON.parse(line) as Peer;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const peer = torchvision();
const rows = cases.flatMap(({ name, boxes, scores, classIds }, index) => {
  const theirs = peer.results[index]!;
  const pairs = [
    ['nms', () => nms(boxes, scores, iouThreshold), theirs.nms, theirs.kept],
    ['batchedNms', () => batchedNms(boxes, scores, classIds, iouThreshold), theirs.batchedNms, theirs.batchedKept],
  ] as const;
  return pairs.map(([of, work, torch, expected]) => {
    const { kept, timing } = timed(work);
    const same = kept.length === expected.length && kept.every((row, i) => row === expected[i]);
    return { name: `${of} ${name}`, kept: kept.length, same, qualm: timing, torchvision: torch };
  });
});
for (const { name, kept, same, qualm, torchvision: theirs } of rows) {
  const ratio = qualm.median / theirs.median;
  const times = `${qualm.median.toFixed(3)} ms, torchvision ${theirs.median.toFixed(3)} ms, x ${ratio.toFixed(2)}`;
  console.log(`${name.padEnd(30)} kept ${kept} (${same ? 'the same' : 'OTHERS'})  ${times}`);
}
writeResult('nms', peer.versions, { iouThreshold, rounds, rows });
