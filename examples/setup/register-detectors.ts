import { join } from 'node:path';
import { readModelSpec } from '@qualm/pipeline';
import type { MlflowRegistry } from '@qualm/registry-mlflow';
import type { ModelSpec } from '@qualm/types';
import { cocoSsd } from './coco-ssd.ts';
import { specs } from './folders.ts';

const forms = { ssd: 'detections', class_scores: 'class_scores' } as const;

/** Registers SSDLite-MobileNetV2 in MLflow twice, unless it is there: as `ssd`, which gives boxes
 * with their best class, and as `class_scores`, which gives the scores of all classes. */
export async function registerDetectors(registry: MlflowRegistry, flavor: 'onnx' | 'tfjs'): Promise<void> {
  const root = (await cocoSsd(() => undefined))[flavor];
  const { spec } = await readModelSpec(join(specs, `coco-ssd-${flavor}.json`), { root });
  for (const [name, form] of Object.entries(forms)) {
    if (await registry.registeredModel(name)) continue;
    const files = Object.fromEntries(filesOf(spec).map((file) => [file, join(root, file)]));
    await registry.logModel({ files, spec: { ...spec, form }, registeredModelName: name });
  }
}

/** The model's file, and the shards beside that of TF.js. */
function filesOf({ flavor, files: { model } }: ModelSpec): readonly string[] {
  if (flavor === 'onnx') return [model];
  return [model, ...Array.from({ length: 5 }, (_, shard) => `group1-shard${shard + 1}of5`)];
}
