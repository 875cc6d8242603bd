import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ClassScores, Detections, ModelSpec } from '@qualm/types';
import { hasClassScores } from '@qualm/types';
import { createHead } from '@qualm/vision';
import { headCases } from './heads/cases.ts';
import type { HeadBenchCase } from './heads/cases.ts';
import { headShares } from './heads/head-shares.ts';
import { writeResult } from './write-result.ts';

/* Raw outputs to boxes with their class scores, beside the same in NumPy, and beside the model.
 * Usage: PYTHON=<with numpy> tsx --conditions @qualm/source benchmarks/heads.ts */
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const python = process.env['PYTHON'] ?? 'python3';
const rounds = 21;
const selection = { scoreThreshold: 0.05, iouThreshold: 0.5, maxCandidates: 1000, maxDetections: 100 };

interface Timing {
  readonly median: number;
  readonly best: number;
}

interface Peer {
  readonly results: readonly { readonly timing: Timing; readonly scores: readonly number[] }[];
  readonly versions: Readonly<Record<string, string>>;
}

const cases = headCases();

function specOf({ head, numLabels, size }: HeadBenchCase): Pick<ModelSpec, 'head' | 'labels' | 'input'> {
  return {
    head: head.type === 'classifier' ? head : { ...head, ...selection },
    labels: Array.from({ length: numLabels }, (_, id) => ({ id, name: `class ${id}` })),
    input: { size, layout: 'nchw', dtype: 'float32', channels: 'rgb', resize: { mode: 'stretch' } },
  };
}

function decoded(one: HeadBenchCase): { readonly found: Detections | ClassScores; readonly timing: Timing } {
  const { size, outputs } = one;
  const geometry = { original: size, input: size, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
  const form = hasClassScores(one.head.type) ? 'class_scores' : 'detections';
  const head = createHead(specOf(one), form, { minScore: 0 });
  const work = (): Detections | ClassScores => head.decode(outputs, [geometry], refuse)[0]!;
  const warm = performance.now() + 300;
  while (performance.now() < warm) work();
  let found = work();
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    found = work();
    return performance.now() - started;
  }).sort((a, b) => a - b);
  return { found, timing: { median: times[rounds >> 1]!, best: times[0]! } };
}

function refuse(_image: number, { message }: { readonly message: string }): never {
  throw new Error(message);
}

function numpy(): Peer {
  const folder = mkdtempSync(join(tmpdir(), 'qualm-heads-'));
  try {
    const listed = cases.map(({ outputs, ...rest }, index) => ({
      ...rest,
      outputs: Object.entries(outputs).map(([name, { shape, data }]) => {
        const file = join(folder, `${index}-${name}.bin`);
        writeFileSync(file, data as Float32Array);
        return { name, shape, file };
      }),
    }));
    const file = join(folder, 'cases.json');
    writeFileSync(file, JSON.stringify({ rounds, selection, cases: listed }));
    const line = execFileSync(python, [here('./python/heads.py'), file], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    return JSON.parse(line) as Peer;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const peer = numpy();
const rows = cases.map((one, index) => {
  const { found, timing } = decoded(one);
  const { timing: theirs, scores } = peer.results[index]!;
  const best = Array.from({ length: found.length }, (_, row) => found.best(row)!.score);
  const same = best.length === scores.length && best.every((score, row) => Math.abs(score - scores[row]!) < 1e-5);
  const ratio = timing.median / theirs.median;
  const times = `${timing.median.toFixed(3)} ms, NumPy ${theirs.median.toFixed(3)} ms, x ${ratio.toFixed(2)}`;
  console.log(
    `${one.name.padEnd(30)} ${String(best.length).padStart(3)} rows (${same ? 'the same' : 'OTHERS'})  ${times}`,
  );
  return { name: one.name, rows: best.length, same, qualm: timing, numpy: theirs };
});
const data = process.env['QUALM_TEST_DATA'] ?? here('../../shared/data');
const shares = headShares(data, 40);
for (const { name, session, decode, share, first } of shares)
  console.log(
    `${name.padEnd(30)} ${decode.toFixed(2)} ms (first ${first.toFixed(2)}), session.run ${session.toFixed(1)}: ${(100 * share).toFixed(1)} %`,
  );
writeResult('heads', peer.versions, { selection, rounds, rows, shares });
