import { hash32 } from './hash.ts';

/** Numbers from 0 to below 1, the same ones for the same seed on every machine: xoshiro128**,
 * seeded by hashing.
 * @param seed any number; only its float64 bits matter.
 * @see Blackman & Vigna 2021, Scrambled linear pseudorandom number generators,
 * https://prng.di.unimi.it
 * @example const random = createRandom(1); random() === createRandom(1)() // true
 */
export function createRandom(seed: number): () => number {
  let a = hash32(seed, 0);
  let b = hash32(seed, 1);
  let c = hash32(seed, 2);
  let d = hash32(seed, 3) | 1;
  return () => {
    const starred = Math.imul(b, 5);
    const result = Math.imul((starred << 7) | (starred >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result / 2 ** 32;
  };
}
