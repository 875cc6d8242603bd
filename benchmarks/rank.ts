import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance, version } from '@duckdb/node-api';
import { createParquetSink } from '@qualm/datasets';
import { ClassScores, Image } from '@qualm/types';
import type { Prediction } from '@qualm/types';
import { createRandom } from '@qualm/strategies';
import { writeResult } from './write-result.ts';

/* Usage, after a build: tsx benchmarks/rank.ts [images] [rounds]
 *
 * The 1,000 least sure by margin of stored predictions: images with 40 boxes of 80 scores each, in our shards. In each round, by turns:
 * - `qualm rank`, a process of its own, from its start to its end;
 * - DuckDB in this process, with all of its threads: the first two scores of each box, and the 1,000 smallest differences;
 * - the floor: reading the bytes of the files. */

const images = Number(process.argv[2] ?? 20_000);
const rounds = Number(process.argv[3] ?? 5);
const [boxesPerImage, numClasses] = [40, 80];
const folder = join(tmpdir(), `qualm-rank-${images}`);

if (!existsSync(join(folder, '_qualm.json'))) await generate();
const shards = `${folder}/*.parquet`;
const query = `SELECT image_id, d.scores[1] - d.scores[2] AS margin
  FROM (SELECT image_id, unnest(detections) AS d FROM '${shards}') WHERE d.scores[1] >= 0.2 ORDER BY margin LIMIT 1000`;
const command = join(import.meta.dirname, '../packages/cli/dist/main.js');
const list = join(folder, 'ranked.csv');
const connection = await (await DuckDBInstance.create()).connect();
const times: Record<'qualm' | 'duckdb' | 'floor', number[]> = { qualm: [], duckdb: [], floor: [] };
let margins: readonly number[] = [];
for (let round = 0; round < rounds; round++) {
  times.floor.push(await timeOf(readBytes));
  times.qualm.push(await timeOf(rankByCommand));
  times.duckdb.push(
    await timeOf(async () => {
      const rows = (await connection.runAndReadAll(query)).getColumns();
      margins = rows[1] as number[];
    }),
  );
}
assertAgree(readFileSync(list, 'utf8'), margins);
report();

async function rankByCommand(): Promise<void> {
  const args = [command, 'rank', folder, '--strategy', 'margin', '--limit', '1000', '--out', list, '--force'];
  await promisify(execFile)(process.execPath, args);
}

function readBytes(): Promise<void> {
  for (const name of readdirSync(folder)) readFileSync(join(folder, name));
  return Promise.resolve();
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

/** Both find the same numbers; DuckDB subtracts in float32. */
function assertAgree(csv: string, others: readonly number[]): void {
  const own = csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',').at(-1)));
  const far = own.findIndex((margin, row) => !(Math.abs(margin - others[row]!) < 1e-6));
  if (own.length !== others.length || far >= 0) throw new Error(`row ${far}: ${own[far]}, DuckDB has ${others[far]}`);
}

function report(): void {
  const spread = (values: readonly number[]): object => {
    const sorted = [...values].sort((a, b) => a - b).map(Math.round);
    return { least: sorted[0], median: sorted[sorted.length >> 1], most: sorted.at(-1) };
  };
  const least = (name: keyof typeof times): number => Math.min(...times[name]);
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  const result = {
    ...{ images, boxes: images * boxesPerImage, numClasses, bytes },
    milliseconds: { qualm: spread(times.qualm), duckdb: spread(times.duckdb), floor: spread(times.floor) },
    timesDuckDb: Number((least('qualm') / least('duckdb')).toFixed(2)),
    timesFloor: Number((least('qualm') / least('floor')).toFixed(2)),
  };
  console.log(JSON.stringify(result, null, 2));
  writeResult('rank', { duckdb: version() }, result);
}

/** Boxes whose scores look like a detector's; 64 images that repeat. */
async function generate(): Promise<void> {
  const labels = Array.from({ length: numClasses }, (_, id) => ({ id, name: `class ${id}` }));
  const options = { form: 'class_scores', labels, fingerprint: 'benchmark', scoreKind: 'independent' } as const;
  const sink = await createParquetSink(folder, options);
  const rows = Array.from({ length: 64 }, (_, index) => prediction(index));
  for (let index = 0; index < images; index++) {
    const uri = `file:///data/${String(index).padStart(12, '0')}.jpg`;
    await sink.write({ ...rows[index % rows.length]!, index, image_id: uri, image: Image.fromUri(uri) });
  }
  await sink.close();
}

function prediction(index: number): Prediction {
  const random = createRandom(index);
  const boxes = new Float32Array(4 * boxesPerImage);
  for (let at = 0; at < boxes.length; at++) boxes[at] = at % 4 < 2 ? 300 * random() : 300 + 300 * random();
  const scores = new Float32Array(boxesPerImage * numClasses);
  const labelIds = new Int32Array(scores.length);
  for (let box = 0; box < boxesPerImage; box++) {
    const own = Array.from({ length: numClasses }, () => random() ** 8);
    const order = own.map((_, id) => id).sort((a, b) => own[b]! - own[a]!);
    labelIds.set(order, box * numClasses);
    scores.set(
      order.map((id) => own[id]!),
      box * numClasses,
    );
  }
  const detections = new ClassScores(boxes, scores, labelIds, numClasses);
  return { index, image_id: '', image: Image.fromUri('x'), size: { width: 640, height: 480 }, detections, error: null };
}
