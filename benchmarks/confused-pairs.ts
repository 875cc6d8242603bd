import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as aq from 'arquero';
import type { ColumnTable } from 'arquero';
import { createRandom, margin } from '@qualm/strategies';
import { conform, explode, score } from '@qualm/tables';
import { ClassScoresColumn } from '@qualm/types';
import { bestOf } from './best-of.ts';
import { writeResult } from './write-result.ts';

/* Which class is most often second to which, over 800,000 boxes of 80 class scores: by a closure
 * for each row over `labels`, as it was written before `explode` gave the two first classes
 * columns; by those columns; pandas' groupby of the same pairs; and one pass that counts pairs,
 * the floor. Wants a Python with numpy and pandas (PYTHON). */

interface PythonResult {
  readonly versions: Readonly<Record<string, string>>;
  readonly milliseconds: number;
  readonly pairs: readonly Pair[];
}

type Pair = readonly [label: string, second: string, count: number, meanMargin: number];

const [images, boxesPerImage, numClasses] = [20_000, 40, 80];
const numBoxes = images * boxesPerImage;
const repeats = 3;
const labels = Array.from({ length: numClasses }, (_, id) => ({ id, name: `class ${id}` }));

/** Vectors with two classes that lead, sorted: the leaders are drawn, the rest follows by number.
 */
function generate(): ClassScoresColumn {
  const random = createRandom(1);
  const scores = new Float32Array(numBoxes * numClasses);
  const labelIds = new Int32Array(numBoxes * numClasses);
  for (let at = 0; at < scores.length; at += numClasses) {
    const first = Math.floor(numClasses * random() ** 2);
    const second = (first + 1 + Math.floor(10 * random())) % numClasses;
    scores.set([0.5 + 0.5 * random(), 0.5 * random()], at);
    labelIds.set([first, second], at);
    for (let place = 2, id = 0; place < numClasses; id++) {
      if (id === first || id === second) continue;
      scores[at + place] = 0.01 / place;
      labelIds[at + place++] = id;
    }
  }
  const offsets = Uint32Array.from({ length: images + 1 }, (_, image) => image * boxesPerImage);
  const boxes = Float32Array.from({ length: 4 * numBoxes }, (_, at) => (at % 4 < 2 ? 0 : 10));
  return new ClassScoresColumn({ boxes, scores, labelIds, numClasses, offsets, valid: new Uint8Array(images).fill(1) });
}

const column = generate();
const table = aq.table({ image_id: Int32Array.from({ length: images }, (_, id) => id), detections: column });
const boxes = score(explode(table, 'detections', { labels }), margin);

const counted = (rows: ColumnTable): ColumnTable =>
  rows.groupby('label', 'second_label').rollup({ count: aq.op.count(), mean_margin: aq.op.mean('margin') });
const byClosure = (): ColumnTable =>
  counted(
    boxes.derive({
      label: aq.escape((row: { labels: readonly string[] }) => row.labels[0]),
      second_label: aq.escape((row: { labels: readonly string[] }) => row.labels[1]),
    }),
  );
const byColumns = (): ColumnTable => counted(boxes);

const margins = Float64Array.from(conform(boxes, { margin: 'number' }).column('margin'));

function floor(): Float64Array {
  const { labelIds } = column;
  const sums = new Float64Array(2 * numClasses * numClasses);
  for (let box = 0; box < numBoxes; box++) {
    const pair = 2 * (labelIds[box * numClasses]! * numClasses + labelIds[box * numClasses + 1]!);
    sums[pair]!++;
    sums[pair + 1]! += margins[box]!;
  }
  return sums;
}

function pairsOf(rows: ColumnTable): Pair[] {
  const found = rows.objects() as { label: string; second_label: string; count: number; mean_margin: number }[];
  return found.map((row): Pair => [row.label, row.second_label, row.count, row.mean_margin]).sort(byNames);
}

function byNames(a: Pair, b: Pair): number {
  const [first, second] = [a, b].map(([label, other]) => `${label} ${other}`) as [string, string];
  return first < second ? -1 : 1;
}

function assertSame(pairs: readonly Pair[], wanted: readonly Pair[]): void {
  const differs = pairs.findIndex(([label, second, count, mean], at) => {
    const other = wanted[at];
    return (
      !other || label !== other[0] || second !== other[1] || count !== other[2] || Math.abs(mean - other[3]) > 1e-6
    );
  });
  if (pairs.length !== wanted.length || differs !== -1)
    throw new Error(`pair ${differs}: ${String(pairs[differs])}, pandas has ${String(wanted[differs])}`);
}

const folder = mkdtempSync(join(tmpdir(), 'qualm-confused-'));
try {
  const files = [join(folder, 'ids'), join(folder, 'margins')] as const;
  writeFileSync(files[0], new Uint8Array(column.labelIds.buffer));
  writeFileSync(files[1], new Uint8Array(margins.buffer));
  const script = join(import.meta.dirname, 'python/confused_pairs.py');
  const args = [script, ...files, String(numClasses), String(repeats)];
  const answer = execFileSync(process.env['PYTHON'] ?? 'python3', args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  const python = JSON.parse(answer) as PythonResult;
  const wanted = [...python.pairs].sort(byNames);
  for (const way of [byClosure, byColumns]) assertSame(pairsOf(way()), wanted);
  const milliseconds = {
    closure: bestOf(repeats, byClosure),
    columns: bestOf(repeats, byColumns),
    pandas: python.milliseconds,
    floor: bestOf(repeats, floor),
  };
  console.log(milliseconds);
  writeResult('confused-pairs', python.versions, { boxes: numBoxes, numClasses, repeats, milliseconds });
} finally {
  rmSync(folder, { recursive: true });
}
