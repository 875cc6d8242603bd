/** Boxes of images, by the head: npm run predict -- photos/a.jpg photos/b.jpg */
import { createOnnxBackend } from '@qualm/inference-onnx';
import { loadModel, predictStream, readModelSpec } from '@qualm/pipeline';
import * as vision from '@qualm/vision';
import { corners } from './corners.ts';

const heads = { ...vision.heads, corners };
const resolved = await readModelSpec('red-or-blue.json', { heads });
const backends = { onnx: createOnnxBackend({ device: 'cpu' }) };
const model = await loadModel(resolved, { backends, vision, heads });
for (const { code } of model.warnings) console.log(code);
for await (const { detections, error } of predictStream(process.argv.slice(2), model)) {
  for (const { box, label_ids, scores } of detections ?? []) {
    console.log(box.xmin, box.xmax, label_ids.join(), scores[0]!.toFixed(2));
  }
  if (error) console.log(error.message);
}
await model.dispose();
