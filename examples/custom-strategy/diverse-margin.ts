import type { QueryStrategy } from '@qualm/simulator';
import { kCenterGreedy, margin, topRows } from '@qualm/strategies';

/** Of the rows with the smallest margins, five times as many as wanted, those that lie farthest
 * from each other.
 */
export const diverseMargin: QueryStrategy = {
  name: 'diverseMargin',
  select: ({ probabilities, numClasses, unlabelled, features, numFeatures, count, seed }) => {
    const margins = margin.scoreRows!(probabilities, numClasses);
    const unsure = topRows(margins, 'ascending', { seed, limit: 5 * count }).map((place) => unlabelled[place]!);
    const vectors = Float32Array.from(
      [...unsure].flatMap((row) => [...features.subarray(row * numFeatures, (row + 1) * numFeatures)]),
    );
    const { rows } = kCenterGreedy({ matrix: vectors, dimensions: numFeatures }, { count, seed });
    return rows.map((place) => unsure[place]!);
  },
};
