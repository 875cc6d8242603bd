import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, version } from '@duckdb/node-api';
import { createParquetSink, readPredictionShards } from '@qualm/datasets';
import { ClassScores, Image } from '@qualm/types';
import type { Prediction } from '@qualm/types';
import { createRandom } from '@qualm/strategies';
import { writeResult } from './write-result.ts';

/* Usage, after a build: tsx benchmarks/rank.ts [images] [rounds]
 *
 * The 1,000 least sure by margin of stored predictions: images with 40 boxes of 80 scores each, in our shards. In each round, by turns:
 * - reading the shards as `qualm rank` does, each as a table of columns;
 * - DuckDB, both of its threads: the same by the first two scores of each list;
 * and the floor: reading the bytes of the files. */

const images = Number(process.argv[2] ?? 20_000);
const rounds = Number(process.argv[3] ?? 5);
const [boxesPerImage, numClasses] = [40, 80];
const folder = join(tmpdir(), `qualm-rank-${images}`);

if (!existsSync(join(folder, '_qualm.json'))) await generate();
console.log(folder, version(), DuckDBInstance, readPredictionShards, rounds, writeResult);

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
