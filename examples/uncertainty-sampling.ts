/** Uncertainty sampling as people do it in notebooks, for four detectors: the least confident
 * detections, the smallest margins, the highest entropies, which classes are confused, and how many
 * of each there are.
 *
 *   npx tsx examples/uncertainty-sampling.ts [folder for the results]
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as aq from 'arquero';
import type { ColumnTable } from 'arquero';
import { openFolder, readParquet, writeParquet } from '@qualm/datasets';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { createTfjsBackend } from '@qualm/inference-tfjs';
import { loadModel, readModelSpec } from '@qualm/pipeline';
import { entropy, leastConfidence, margin } from '@qualm/strategies';
import { explode, predict, rank, score } from '@qualm/tables';
import type { Image } from '@qualm/types';
import * as vision from '@qualm/vision';
import { box, contactSheet } from '@qualm/viz';
import type { BoxLike } from '@qualm/viz';
import { cocoSsd } from './setup/coco-ssd.ts';
import { demoPhotographs } from './setup/demo-photographs.ts';
import { specs, testData } from './setup/folders.ts';

const out = process.argv[2] ?? 'qualm-out/uncertainty-sampling';
const backends = { onnx: createOnnxBackend({ device: 'cpu' }), tfjs: createTfjsBackend() };
const six = ['person', 'car', 'chair', 'bottle', 'cup', 'dog'];

const data = testData();
const ssd = await cocoSsd(() => undefined);
const images = [
  ...(await openFolder(data ? join(data, 'coco-val2017/images') : await demoPhotographs(() => undefined))),
];
const photographs = aq.table({
  image_id: images.map(({ image_id }) => image_id),
  image: images.map(({ image }) => image),
});

const models = [
  { spec: 'coco-ssd-onnx.json', root: ssd.onnx },
  { spec: 'coco-ssd-tfjs.json', root: ssd.tfjs },
  ...(data ? ['yolox-nano.json', 'nanodet-m.json'].map((spec) => ({ spec, root: join(data, 'models') })) : []),
];
for (const { spec, root } of models) await sample(spec, root);

async function sample(spec: string, root: string): Promise<void> {
  const model = await loadModel(await readModelSpec(join(specs, spec), { root }), { backends, vision });
  const folder = join(out, model.spec.name);
  await mkdir(folder, { recursive: true });
  const predictions = await predict(photographs, model);
  await model.dispose();

  const boxes = explode(predictions, 'detections', { labels: model.labels });
  console.log(`\n${model.spec.name}: ${boxes.numRows()} boxes on ${predictions.numRows()} photographs`);

  // (a) The 1000 least confident of the detections that a plain detector shows.
  const shown = boxes.filter('d => d.score >= 0.5').reify();
  const leastConfident = rank(score(shown, leastConfidence), { by: leastConfidence, limit: 1000 });
  print('least confident', leastConfident.select('rank', 'image_id', 'label', 'score'));
  await writeFile(join(folder, 'least-confident.jpg'), await draw(leastConfident.slice(0, 20)));

  // (b) The 10000 smallest margins, on disk and back.
  const margins = rank(score(boxes, margin), { by: margin, limit: 10000 });
  const columns = margins.select('rank', 'image_id', 'box', 'label', 'second_label', 'score', 'margin');
  await writeParquet(
    join(folder, 'margins.parquet'),
    Object.fromEntries(columns.columnNames().map((name) => [name, columns.array(name) as unknown[]])),
  );
  const stored = aq.table((await readParquet(join(folder, 'margins.parquet'))).columns as Record<string, unknown[]>);
  if (stored.numRows() !== margins.numRows()) throw new Error('the margins on disk are not those in memory');
  print('smallest margins', stored.select('rank', 'image_id', 'label', 'second_label', 'margin'));

  // (c) The highest entropies.
  const entropies = rank(score(boxes, entropy), { by: entropy, limit: 1000 });
  print('highest entropies', entropies.select('rank', 'image_id', 'label', 'second_label', 'entropy'));

  // (d) Which class is most often mistaken for which.
  const confused = score(boxes, margin)
    .filter('d => d.score >= 0.2 && d.margin < 0.2')
    .groupby('label', 'second_label')
    .rollup({ count: aq.op.count(), mean_margin: aq.op.mean('margin') })
    .orderby(aq.desc('count'), 'mean_margin');
  print('most confused', confused);

  // (e) Detections of six classes.
  const counts = shown
    .filter(aq.escape((row: { label: string }) => six.includes(row.label)))
    .groupby('label')
    .count()
    .orderby(aq.desc('count'));
  print('detections', counts, 6);
}

function print(title: string, table: ColumnTable, limit = 5): void {
  console.log(`\n${title}`);
  table.print(limit);
}

async function draw(rows: ColumnTable): Promise<Uint8Array> {
  const cells = (rows.objects() as { image: Image; box: BoxLike; label: string; score: number }[]).map((row) => ({
    image: row.image,
    box: row.box,
    layers: box(row.box, { color: 'yellow', label: `${row.label} | ${row.score.toFixed(3)}` }),
  }));
  return contactSheet(cells, { format: 'jpeg', captionLines: 0 });
}
