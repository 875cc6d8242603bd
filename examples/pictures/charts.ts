import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFolder } from '@qualm/datasets';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { loadModel, predictStream, readModelSpec } from '@qualm/pipeline';
import * as vision from '@qualm/vision';
import { confusionMatrix, detectionsPerClass, marginAgainstConfidence, uncertaintyHistogram } from '@qualm/viz/charts';
import { specs, testData } from '../setup/folders.ts';

/* Draws docs/pictures/chart-*.svg: what YOLOX-nano says of photographs of COCO. Wants the extra
 * photographs and models (QUALM_TEST_DATA).
 */

const data = testData();
if (!data) throw new Error('no photographs; set QUALM_TEST_DATA');
const resolved = await readModelSpec(join(specs, 'yolox-nano.json'), { root: join(data, 'models') });
const onnx = createOnnxBackend({ device: 'cpu' });
const model = await loadModel(resolved, { backends: { onnx }, vision });
const place = new Map(model.labels.map(({ id }, index) => [id, index]));
const names = model.labels.map(({ name }) => name);

const margins: number[] = [];
const confidences: number[] = [];
const perClass = new Uint32Array(names.length);
const pairs = new Uint32Array(names.length ** 2);
for await (const { detections } of predictStream(await openFolder(join(data, 'coco-val2017/images')), model)) {
  for (const { scores, label_ids } of detections ?? []) {
    const [first, second] = [scores[0]!, scores[1]!];
    if (first < 0.2) continue;
    margins.push(first - second);
    confidences.push(first);
    const [best, runnerUp] = [place.get(label_ids[0]!)!, place.get(label_ids[1]!)!];
    perClass[best]!++;
    if (first - second < 0.2) pairs[best * names.length + runnerUp]!++;
  }
}
await model.dispose();

const charts = {
  histogram: uncertaintyHistogram(margins, {
    title: 'Margins of YOLOX-nano on photographs of COCO',
    label: 'margin',
    mark: 0.1,
  }),
  margin: marginAgainstConfidence(margins, confidences),
  confusion: confusionMatrix(pairs, names, {
    title: 'Torn between two classes: margin below 0.2',
    rowName: 'best class',
    columnName: 'second class',
    most: 20,
  }),
  classes: detectionsPerClass(perClass, names, { most: 12 }),
};
for (const [name, svg] of Object.entries(charts))
  writeFileSync(new URL(`../../docs/pictures/chart-${name}.svg`, import.meta.url), svg);
