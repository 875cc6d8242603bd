import { createMlflowRegistry } from '@qualm/registry-mlflow';
import { encodeMeanColour, meanColourSpec as spec } from '@qualm/testkit';
import { writeFile } from 'node:fs/promises';

await writeFile('colour.onnx', encodeMeanColour());
const registry = createMlflowRegistry({ trackingUri: 'models' }); // or http://host:5000, sqlite:///mlflow.db
await registry.logModel({
  spec,
  files: { [spec.files.model]: 'colour.onnx' },
  registeredModelName: 'colour',
  alias: 'champion',
});

const { spec: same, root, model } = await registry.resolve('mlflow:/colour@champion');
console.log(model.uri, same.labels.length, root.endsWith('artifacts')); // mlflow:/colour/1 3 true
await registry.dispose();
