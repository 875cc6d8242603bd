import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bald, createRandom, predictiveVariance, voteEntropy } from '@qualm/strategies';
import type { CommitteeStrategy } from '@qualm/strategies';
import { bestOf } from './best-of.ts';
import { writeResult } from './write-result.ts';

/* Where ten members disagree about 100,000 rows of 20 classes, one thread: ours; baal,
 * scikit-activeml and NumPy on the same numbers; and one pass over them. Wants a Python with
 * benchmarks/python/requirements.txt (PYTHON). */

interface PythonResult {
  readonly versions: Readonly<Record<string, string>>;
  readonly milliseconds: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly first: Readonly<Record<string, readonly number[]>>;
  readonly floor: number;
}

const numMembers = 10;
const rows = 100_000;
const numClasses = 20;
const repeats = 3;
const strategies: Readonly<Record<string, CommitteeStrategy>> = { bald, voteEntropy, predictiveVariance };
const all = softmaxes();
const size = rows * numClasses;
const members = Array.from({ length: numMembers }, (_, member) => all.subarray(member * size, (member + 1) * size));

const folder = mkdtempSync(join(tmpdir(), 'qualm-committee-'));
try {
  const file = join(folder, 'scores.f32');
  writeFileSync(file, new Uint8Array(all.buffer));
  const script = join(import.meta.dirname, 'python/committee.py');
  const args = ['-W', 'ignore', script, file, ...[numMembers, numClasses, repeats].map(String)];
  const oneThread = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const answer = execFileSync(process.env['PYTHON'] ?? 'python3', args, {
    encoding: 'utf8',
    env: { ...process.env, ...oneThread },
  });
  const python = JSON.parse(answer.trim().split('\n').at(-1)!) as PythonResult;
  const results = Object.entries(strategies).map(([name, { scoreRows }]) => {
    const values = scoreRows(members, numClasses);
    python.first[name]!.forEach((value, row) => {
      if (Math.abs(values[row]! - value) > 1e-4)
        throw new Error(`${name} of row ${row}: ${values[row]}, Python ${value}`);
    });
    const milliseconds = bestOf(repeats, () => scoreRows(members, numClasses));
    const peers = Object.entries(python.milliseconds[name]!).map(([peer, theirs]) => {
      console.log(
        `${name}: ${milliseconds.toFixed(0)} ms, ${peer} ${theirs.toFixed(0)} (${(theirs / milliseconds).toFixed(2)} times as fast), ` +
          `${(milliseconds / python.floor).toFixed(1)} times one pass over the scores`,
      );
      return { peer, milliseconds: theirs, timesAsFast: theirs / milliseconds };
    });
    return { name, milliseconds, timesFloor: milliseconds / python.floor, peers };
  });
  writeResult('committee', python.versions, { numMembers, rows, numClasses, repeats, floor: python.floor, results });
} finally {
  rmSync(folder, { recursive: true });
}

/** Member after member, each row a softmax of random logits. */
function softmaxes(): Float32Array<ArrayBuffer> {
  const random = createRandom(1);
  const scores = new Float32Array(numMembers * rows * numClasses);
  for (let from = 0; from < scores.length; from += numClasses) {
    let sum = 0;
    for (let i = from; i < from + numClasses; i++) sum += scores[i] = Math.exp(6 * random());
    for (let i = from; i < from + numClasses; i++) scores[i]! /= sum;
  }
  return scores;
}
