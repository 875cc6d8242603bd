import { resampleWeights } from './resample-weights.ts';
import type { ResampleWeights } from './resample-weights.ts';

/** Weights of so many axes are kept. */
const maxWeights = 64;

/** `resampleWeights` that remembers: photographs of one dataset have few sizes. */
export function createWeights(): typeof resampleWeights {
  const known = new Map<string, ResampleWeights>();
  return (axis, filter) => {
    const key = [...Object.values(axis), filter].join();
    const weights = known.get(key) ?? resampleWeights(axis, filter);
    if (known.size >= maxWeights) known.clear();
    known.set(key, weights);
    return weights;
  };
}
