import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createParquetSink } from '@qualm/datasets';
import { chooseBatch, rankPredictions } from '@qualm/selection';
import { ClassScores, Image } from '@qualm/types';

const folder = await mkdtemp(join(tmpdir(), 'qualm-selection-'));
const labels = ['cat', 'dog'].map((name, id) => ({ id, name }));
const sink = await createParquetSink(folder, { form: 'class_scores', labels, fingerprint: 'f' });
for (const [index, best] of [0.875, 0.5].entries()) {
  const scores = Float32Array.of(best, 1 - best);
  const detections = new ClassScores(Float32Array.of(0, 0, 9, 9), scores, Int32Array.of(0, 1), 2);
  const image = Image.fromUri(`${index}.jpg`);
  await sink.write({ index, image_id: `${index}.jpg`, image, size: { width: 9, height: 9 }, detections, error: null });
}
await sink.close();
const ranking = await rankPredictions(folder);
const { images } = chooseBatch(ranking, { count: 1 });
console.log(Array.from(ranking.boxes, ({ image_id, value }) => `${image_id} ${value}`).join(), images.at(0)?.image_id);
await rm(folder, { recursive: true });
