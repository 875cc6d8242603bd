import { resolve } from 'node:path';
import { QualmError } from '@qualm/types';
import type { ResolvedModel, TensorInfo } from '@qualm/types';
import { createBackends } from '../../input/open-model.ts';
import type { ModelOptions } from '../../input/open-model.ts';

/** What a model's file says that it takes and gives. */
export async function rawTensors(
  { spec, root }: ResolvedModel,
  options: Omit<ModelOptions, 'model'>,
): Promise<{ readonly inputs: readonly TensorInfo[]; readonly outputs: readonly TensorInfo[] }> {
  const backend = createBackends(options)[spec.flavor];
  if (!backend) throw new QualmError('unsupported', `models: no backend for flavor "${spec.flavor}"`);
  const model = await backend.load({ model: resolve(root, spec.files.model) });
  const { inputs, outputs } = model;
  await model.dispose();
  return { inputs, outputs };
}
