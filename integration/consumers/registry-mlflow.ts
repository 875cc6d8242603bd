import { createMlflowRegistry, parseModelUri } from '@qualm/registry-mlflow';

const registry = createMlflowRegistry({ trackingUri: 'models' });
const models = await registry.list();
const { kind } = parseModelUri('mlflow:/ssd@champion');
const missing = await registry.resolve('mlflow:/ssd').catch((error: { code?: string }) => error.code);
console.log(models.length, kind, missing);
await registry.dispose();
