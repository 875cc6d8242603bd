import { counted } from '@qualm/types';
/** Whether a vector has an angle to others: one of zeros, or with NaN or infinities, has none. */
export function isDirection(vector: ArrayLike<number> | null): vector is ArrayLike<number> {
  if (vector === null) return false;
  let isZero = true;
  for (let at = 0; at < vector.length; at++) {
    if (!Number.isFinite(vector[at])) return false;
    if (vector[at] !== 0) isZero = false;
  }
  return !isZero;
}

/** What is said where some of the vectors that there are have no direction; empty for none. */
export function spoiltWords(count: number): string {
  return count === 0
    ? ''
    : `; ${counted(count, 'of them has', 'of them have')} one that is zeros, or has NaN or infinities`;
}
