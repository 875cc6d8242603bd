import type { Metric } from './embeddings.ts';

/** The distance of two points whose difference has this squared length. */
export function distanceOf(squared: number, metric: Metric = 'euclidean'): number {
  return metric === 'cosine' ? squared / 2 : Math.sqrt(squared);
}
