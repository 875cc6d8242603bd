import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { DuckDBInstance, version } from '@duckdb/node-api';
import { createParquetSink } from '@qualm/datasets';
import { ClassScores, Image } from '@qualm/types';
import type { Prediction } from '@qualm/types';
import { rankPredictions } from '@qualm/selection';
import { createRandom, margin } from '@qualm/strategies';
import { writeResult } from './write-result.ts';

/* Usage, after a build: PYTHON=venv/bin/python tsx benchmarks/rank.ts [images] [rounds]
 * [moreImages]
 *
 * The 1,000 least sure by margin of stored predictions: images with 40 boxes of 80 scores each,
 * in our shards. In each round, by turns:
 * - `qualm rank`, a process of its own, from its start to its end, and beside it
 * - DuckDB in a process of its own, a Node that loads it, makes the query and writes the same
 *   list as CSV;
 * - `rankPredictions` of `@qualm/selection` in this process, as DuckDB is;
 * - DuckDB in this process, with all of its threads: the first two scores of each box, and the
 *   1,000 smallest differences;
 * - pyarrow and NumPy in a Python that is started before (PYTHON, python3 when unset): the same
 *   of the whole column;
 * - the floor: reading the bytes of the files.
 * Then the most memory that `qualm rank` takes, and with `moreImages` what it takes for so many. */

const images = Number(process.argv[2] ?? 20_000);
const rounds = Number(process.argv[3] ?? 5);
const [boxesPerImage, numClasses] = [40, 80];
const moreImages = Number(process.argv[4] ?? 0);
const [leastScore, limit] = [0.2, 1000];
const folder = await setOf(images);
const shards = `${folder}/*.parquet`;
const query = `SELECT image_id, d.scores[1] - d.scores[2] AS margin
  FROM (SELECT image_id, unnest(detections) AS d FROM '${shards}') WHERE d.scores[1] >= ${leastScore} ORDER BY margin LIMIT ${limit}`;
const command = join(import.meta.dirname, '../packages/cli/dist/main.js');
const list = join(folder, 'ranked.csv');
const duckDbList = join(folder, 'duckdb.csv');
const duckDbProgram = `import { DuckDBInstance } from '@duckdb/node-api';
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(${JSON.stringify(`COPY (${query}) TO '${duckDbList}'`)});`;
const connection = await (await DuckDBInstance.create()).connect();
const python = await startPython();
const times = {
  ...{ qualm: [], duckdbProcess: [], library: [], duckdb: [], pyarrow: [], floor: [] },
} as Record<'qualm' | 'duckdbProcess' | 'library' | 'duckdb' | 'pyarrow' | 'floor', number[]>;
let margins: readonly number[] = [];
let libraryMargins: readonly number[] = [];
for (let round = 0; round < rounds; round++) {
  times.floor.push(await timeOf(readBytes));
  times.qualm.push(await timeOf(() => rankByCommand(folder)));
  times.duckdbProcess.push(await timeOf(rankByDuckDbProcess));
  times.library.push(await timeOf(rankHere));
  times.pyarrow.push(await python.rank());
  times.duckdb.push(
    await timeOf(async () => {
      const rows = (await connection.runAndReadAll(query)).getColumns();
      margins = rows[1] as number[];
    }),
  );
}
python.stop();
assertAgree('DuckDB', margins);
assertAgree('DuckDB in its process', marginsIn(duckDbList));
assertAgree('the library', libraryMargins);
assertAgree('pyarrow', python.margins);
const megabytes = [{ images, most: await memoryOf(folder) }];
if (moreImages > 0) megabytes.push({ images: moreImages, most: await memoryOf(await setOf(moreImages)) });
report();

/** The folder of a set, which is made where it is not there. */
async function setOf(count: number): Promise<string> {
  const place = join(tmpdir(), `qualm-rank-${count}`);
  if (!existsSync(join(place, '_qualm.json'))) await generate(place, count);
  return place;
}

async function rankHere(): Promise<void> {
  const { boxes } = await rankPredictions(folder, { strategy: margin, minScore: leastScore, limit, images: 0 });
  libraryMargins = Array.from(boxes, ({ value }) => value);
}

/** @returns what the process writes to stderr. */
async function rankByCommand(predictions: string, options: readonly string[] = []): Promise<string> {
  const ranking = ['rank', predictions, '--strategy', 'margin', '--min-score', String(leastScore)];
  const args = [...options, command, ...ranking, '--limit', String(limit), '--out', list, '--force'];
  return (await promisify(execFile)(process.execPath, args)).stderr;
}

/** From `benchmarks/`, where DuckDB is installed. */
async function rankByDuckDbProcess(): Promise<void> {
  const args = ['--input-type=module', '--eval', duckDbProgram];
  await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname });
}

/** Megabytes of memory that ranking a set takes at most. */
async function memoryOf(predictions: string): Promise<number> {
  // Of the process itself: what getrusage tells begins with the memory of whoever started it.
  const peak = "/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]";
  const atExit = `import { readFileSync } from 'node:fs'; process.on('exit', () => console.error('most', ${peak}))`;
  const told = await rankByCommand(predictions, ['--import', `data:text/javascript,${encodeURIComponent(atExit)}`]);
  return Math.round(Number(/^most (\d+)$/m.exec(told)![1]) / 1024);
}

/** A Python that ranks the set once when it starts, and again when it is asked to. */
async function startPython(): Promise<{
  readonly versions: Readonly<Record<string, string>>;
  readonly margins: readonly number[];
  rank(): Promise<number>;
  stop(): void;
}> {
  const args = [join(import.meta.dirname, 'python/rank.py'), folder, String(leastScore), String(limit)];
  const child = spawn(process.env['PYTHON'] ?? 'python3', args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const answer = async <T>(): Promise<T> => {
    const { done, value } = await lines.next();
    if (done) throw new Error('rank.py ended; it wants a Python with numpy and pyarrow (PYTHON)');
    return JSON.parse(value) as T;
  };
  const begun = await answer<{ versions: Record<string, string>; margins: number[] }>();
  return {
    ...begun,
    async rank() {
      child.stdin.write('\n');
      return (await answer<{ milliseconds: number }>()).milliseconds;
    },
    stop: () => void child.stdin.end(),
  };
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

/** All find the same numbers; the others subtract in float32. */
function assertAgree(name: string, others: readonly number[]): void {
  const own = marginsIn(list);
  const far = own.findIndex((margin, row) => !(Math.abs(margin - others[row]!) < 1e-6));
  if (own.length !== others.length || far >= 0) throw new Error(`row ${far}: ${own[far]}, ${name} has ${others[far]}`);
}

/** The last column of a CSV file. */
function marginsIn(file: string): readonly number[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => Number(line.split(',').at(-1)));
}

function report(): void {
  const spread = (values: readonly number[]): object => {
    const sorted = [...values].sort((a, b) => a - b).map(Math.round);
    return { least: sorted[0], median: sorted[sorted.length >> 1], most: sorted.at(-1) };
  };
  const least = (name: keyof typeof times): number => Math.min(...times[name]);
  const ratio = (one: keyof typeof times, other: keyof typeof times): number =>
    Number((least(one) / least(other)).toFixed(2));
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  const result = {
    ...{ images, boxes: images * boxesPerImage, numClasses, bytes },
    milliseconds: Object.fromEntries(Object.entries(times).map(([name, values]) => [name, spread(values)])),
    timesDuckDbProcess: ratio('qualm', 'duckdbProcess'),
    timesDuckDb: ratio('qualm', 'duckdb'),
    libraryTimesDuckDb: ratio('library', 'duckdb'),
    timesPyarrow: ratio('qualm', 'pyarrow'),
    timesFloor: ratio('qualm', 'floor'),
    megabytes,
  };
  console.log(JSON.stringify(result, null, 2));
  writeResult('rank', { duckdb: version(), ...python.versions }, result);
}

/** Boxes whose scores look like a detector's; 64 images that repeat. */
async function generate(place: string, count: number): Promise<void> {
  const labels = Array.from({ length: numClasses }, (_, id) => ({ id, name: `class ${id}` }));
  const options = { form: 'class_scores', labels, fingerprint: 'benchmark', scoreKind: 'independent' } as const;
  const sink = await createParquetSink(place, options);
  const rows = Array.from({ length: 64 }, (_, index) => prediction(index));
  for (let index = 0; index < count; index++) {
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
