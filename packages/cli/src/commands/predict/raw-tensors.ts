import { resolve } from 'node:path';
import { QualmError } from '@qualm/types';
import type { ResolvedModel, TensorInfo } from '@qualm/types';
import { backendsWith } from '../../input/backends-with.ts';
import type { BackendOptions } from '../../input/backends-with.ts';

/** What a model's file says that it takes and gives. */
export async function rawTensors(
  { spec, root, followLinks }: ResolvedModel,
  options: BackendOptions,
  cwd: string,
): Promise<{ readonly inputs: readonly TensorInfo[]; readonly outputs: readonly TensorInfo[] }> {
  const backends = await backendsWith(options, cwd);
  if (!Object.hasOwn(backends, spec.flavor)) {
    const known = Object.keys(backends).join(', ');
    const advice = 'name a backend of your own with --backend ./mine.ts#mine';
    throw new QualmError('unsupported', `models: no backend for flavor "${spec.flavor}", only ${known}; ${advice}`);
  }
  const { backendOptions } = spec;
  const files = { ...(backendOptions && { backendOptions }), ...(followLinks && { followLinks }) };
  const model = await backends[spec.flavor]!.load({ model: resolve(root, spec.files.model), ...files });
  const { inputs, outputs } = model;
  await model.dispose();
  return { inputs, outputs };
}
