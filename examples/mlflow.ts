/** An SSD and its twin that gives all classes' scores, registered in MLflow from Node, listed,
 * resolved by their names, and run. With no server they are in ./qualm-models; MLFLOW_TRACKING_URI
 * names a server or another folder.
 *
 *   npx tsx examples/mlflow.ts
 */
import { join } from 'node:path';
import * as aq from 'arquero';
import { openFolder } from '@qualm/datasets';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { loadModel, readModelSpec } from '@qualm/pipeline';
import { createMlflowRegistry, fromEnv, outputSchema } from '@qualm/registry-mlflow';
import { margin } from '@qualm/strategies';
import { explode, predict, rank, score } from '@qualm/tables';
import * as vision from '@qualm/vision';
import { cocoSsd } from './setup/coco-ssd.ts';
import { demoPhotographs } from './setup/demo-photographs.ts';
import { specs } from './setup/folders.ts';

const quiet = (): void => undefined;
const onnx = createOnnxBackend({ device: 'cpu' });
const registry = createMlflowRegistry(fromEnv(process.env));

// What the file says of itself is the signature; how images go in and boxes come out is the spec.
const { spec, root } = await readModelSpec(join(specs, 'coco-ssd-onnx.json'), { root: (await cocoSsd(quiet)).onnx });
const file = join(root, spec.files.model);
const session = await onnx.load({ model: file });
const { inputs, outputs } = session;
await session.dispose();

for (const [name, form] of [
  ['ssd', 'detections'],
  ['class_scores', 'class_scores'],
] as const) {
  const { version, uri } = await registry.logModel({
    files: { 'model.onnx': file },
    spec: { ...spec, files: { model: 'model.onnx' }, form },
    signature: { inputs, outputs },
    registeredModelName: name,
    alias: 'champion',
    tags: { source: 'examples/mlflow.ts' },
    params: { scoreThreshold: '0.01' },
  });
  console.log(`registered mlflow:/${name}/${version!.version} (${uri}): ${outputSchema(form)}`);
}

console.log(`\n${registry.uri} has`);
for (const { name, latest, aliases } of await registry.list())
  console.log(`  ${name} ${latest!.version} ${JSON.stringify(aliases)}`);

const images = await openFolder(await demoPhotographs(quiet));
const records = [...images];
const photographs = aq.table({
  image_id: records.map(({ image_id }) => image_id),
  image: records.map(({ image }) => image),
});

const detector = await loadModel(await registry.resolve('mlflow:/ssd'), {
  backends: { onnx },
  vision,
  form: 'detections',
});
const found = explode(await predict(photographs, detector), 'detections', { labels: detector.labels });
console.log(`\nmlflow:/ssd finds ${found.filter('d => d.score >= 0.5').numRows()} boxes that score .5 or more`);
await detector.dispose();

const scorer = await loadModel(await registry.resolve('mlflow:/class_scores@champion'), { backends: { onnx }, vision });
const boxes = explode(await predict(photographs, scorer), 'detections', { labels: scorer.labels });
console.log('mlflow:/class_scores@champion is least sure of');
for (const row of rank(score(boxes, margin), { by: margin, limit: 3 }).objects() as Row[])
  console.log(`  ${row.image_id}: ${row.label} or ${row.second_label}, margin ${row.margin.toFixed(4)}`);
await scorer.dispose();
await registry.dispose();

interface Row {
  readonly image_id: string;
  readonly label: string;
  readonly second_label: string;
  readonly margin: number;
}
