import type { Matrix } from '@qualm/types/rows';
import { entropy } from '../uncertainty/entropy.ts';

/** Whether `meanEntropies` is faster than a logarithm for each score: `entropy` has a table for the
 * logarithms of float32.
 */
export function areSingles(members: readonly Matrix[]): members is readonly Float32Array[] {
  return members.every((member) => member instanceof Float32Array);
}

/** The mean over the members of each row's entropy, in nats, within 1e-12: [n]. */
export function meanEntropies(members: readonly Float32Array[], numClasses: number, out: Float64Array): Float64Array {
  const own = new Float64Array(out.length);
  out.fill(0);
  for (const member of members) {
    entropy.scoreRows!(member, numClasses, own);
    for (let row = 0; row < out.length; row++) out[row]! += own[row]!;
  }
  for (let row = 0; row < out.length; row++) out[row]! /= members.length;
  return out;
}
