import { widenFloat16 } from '@qualm/types';
import type { TensorMap } from '@qualm/types';

/** The outputs with those of float16 that are read as float32, so that no head need know of it. */
export function inFloat32(outputs: TensorMap, read: readonly string[]): TensorMap {
  if (!read.some((name) => outputs[name]?.dtype === 'float16')) return outputs;
  return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, widenFloat16(tensor)]));
}
