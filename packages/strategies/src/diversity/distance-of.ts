import type { Metric } from './embeddings.ts';

/** The distance of two points whose difference has this squared length. */
export function distanceOf(squared: number, metric: Metric = 'euclidean'): number {
  return metric === 'cosine' ? squared / 2 : Math.sqrt(squared);
}

/** The squared length of the difference of two points at this distance. */
export function squareOf(distance: number, metric: Metric = 'euclidean'): number {
  return metric === 'cosine' ? 2 * distance : distance * distance;
}

/** @throws RangeError when `value` is negative or not finite. */
export function assertDistance(where: string, value: number, name: string): void {
  if (value >= 0 && value < Infinity) return;
  throw new RangeError(`${where}: ${name} is ${value}; expected a distance of 0 or more`);
}
