import type { EntropyOptions } from '@qualm/types/rows';

/** The greatest entropy is that of equal classes; without renormalising, that of k scores of 1/e.
 */
export function rangeOfEntropy(options: EntropyOptions): (numClasses: number) => readonly [number, number] {
  const { base = Math.E, normalized = false, renormalize = true } = options;
  return (numClasses) => {
    const nats = renormalize ? Math.log(numClasses) : numClasses / Math.E;
    if (!normalized) return [0, nats / Math.log(base)];
    return [0, nats / Math.log(numClasses)];
  };
}
