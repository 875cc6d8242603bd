import type { VectorClass } from '../cells/box-at.ts';

/** How much an answer about a box is expected to say, in bits: the entropy of the answer that the
 * class vector foretells. That the box holds nothing has the chance that none of the classes
 * holds, as if their scores were independent; the classes share the rest by their scores.
 * @param vector scores of the best classes, 0..1; 1 bit where the model gives none
 * @returns 0..log2 of the classes and one
 * @see Shannon 1948, eq. 6
 * @example bitsOfBox([{ label: 0, score: 0.5 }]) // 1
 */
export function bitsOfBox(vector: readonly VectorClass[]): number {
  const scores = vector.flatMap(({ score }) => (score === null ? [] : [Math.min(1, Math.max(0, score))]));
  const sum = scores.reduce((total, score) => total + score, 0);
  if (scores.length === 0) return 1;
  const nothing = scores.reduce((chance, score) => chance * (1 - score), 1);
  const classes = sum === 0 ? [] : scores.map((score) => ((1 - nothing) * score) / sum);
  return [nothing, ...classes].reduce((bits, chance) => bits + bitsOf(chance), 0);
}

/** How much "anything missed?" is expected to say, in bits: the entropy of yes and no, at the share
 * of the pictures so far in which something was missed, one of each thought to have been seen
 * before (Laplace's rule of succession).
 */
export function bitsOfPicture({ asked, missed }: { readonly asked: number; readonly missed: number }): number {
  const chance = (missed + 1) / (asked + 2);
  return bitsOf(chance) + bitsOf(1 - chance);
}

function bitsOf(chance: number): number {
  return chance > 0 ? -chance * Math.log2(chance) : 0;
}
