import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as aq from 'arquero';
import { readCoco } from '@qualm/datasets';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { loadModel, readModelSpec } from '@qualm/pipeline';
import { entropy, leastConfidence, margin, ratio } from '@qualm/strategies';
import { explode, predict, rank, score } from '@qualm/tables';
import type { Image } from '@qualm/types';
import * as vision from '@qualm/vision';
import { box, contactSheet } from '@qualm/viz';
import type { BoxLike, ContactCell } from '@qualm/viz';
import { specs, testData } from '../setup/folders.ts';

/* Draws docs/pictures/least-sure.jpg: the boxes that YOLOX-nano is least sure of on those
 * photographs of COCO that are under CC BY and CC BY-SA, six by each strategy. Wants the extra
 * photographs and models (QUALM_TEST_DATA). */

const data = testData();
if (!data) throw new Error('no photographs; set QUALM_TEST_DATA');
const resolved = await readModelSpec(join(specs, 'yolox-nano.json'), { root: join(data, 'models') });
const model = await loadModel(resolved, { backends: { onnx: createOnnxBackend({ device: 'cpu' }) }, vision });
const coco = join(data, 'coco-val2017/instances_permissive_licences.json');
const { source } = await readCoco(coco, { images: join(data, 'coco-val2017/images') });
const images = [...source];
const table = aq.table({
  image_id: images.map(({ image_id }) => image_id),
  image: images.map(({ image }) => image),
});
const boxes = explode(await predict(table, model), 'detections', { labels: model.labels })
  .filter('d => d.score >= 0.2')
  .reify();
await model.dispose();

interface Row {
  readonly image: Image;
  readonly box: BoxLike;
  readonly label: string;
  readonly second_label: string;
}

const cells = [margin, ratio, entropy, leastConfidence].flatMap((strategy) => {
  const first = rank(score(boxes, strategy), { by: strategy, limit: 6 }).objects() as (Row & Record<string, unknown>)[];
  return first.map((row): ContactCell => ({
    image: row.image,
    box: row.box,
    layers: box(row.box, { color: 'yellow', strokeWidth: 3 }),
    caption: `${row.label} or ${row.second_label}\n${strategy.name} ${(row[strategy.name] as number).toFixed(3)}`,
  }));
});
const sheet = await contactSheet(cells, {
  format: 'jpeg',
  columns: 6,
  cellSize: { width: 190, height: 150 },
  quality: 82,
});
writeFileSync(join(import.meta.dirname, '../../docs/pictures/least-sure.jpg'), sheet);
