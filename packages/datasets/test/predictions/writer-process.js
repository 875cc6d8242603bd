// Writes example predictions until it is done or killed: node writer-process.js <folder> <form>
// <rows>
import { setTimeout as sleep } from 'node:timers/promises';
import { ClassScores, Detections, Image } from '@qualm/types';
import { createParquetSink } from '../../dist/index.js';

const [folder, form, rows] = process.argv.slice(2);
const labels = [{ id: 1, name: 'person' }];
const sink = await createParquetSink(folder, { form, labels, fingerprint: 'f', rowsPerShard: 7, resume: true });
process.stdout.write(`resumed at ${sink.stored}\n`);
for (let index = sink.stored; index < Number(rows); index++) {
  await sink.write(prediction(index));
  if (Math.random() < 0.3) await sleep(Math.random() * 4);
}
await sink.close();

function prediction(index) {
  const count = index % 4;
  const boxes = Float32Array.from({ length: 4 * count }, (_, i) => index + i);
  const scores = Float32Array.from({ length: count }, (_, i) => 1 / (index + i + 1));
  const labelIds = new Int32Array(count).fill(1);
  const detections =
    form === 'detections' ? new Detections(boxes, scores, labelIds) : new ClassScores(boxes, scores, labelIds, 1);
  return {
    index,
    image_id: index,
    image: Image.fromUri(`file:///${index}.jpg`),
    size: { width: 10, height: 20 },
    detections,
    error: null,
  };
}
