import { kMeans } from '../diversity/k-means.ts';
import { probCoverRadius } from '../diversity/prob-cover-radius.ts';
import { probCover } from '../diversity/prob-cover.ts';
import { typiClust } from '../diversity/typi-clust.ts';
import type { Embeddings } from '../diversity/embeddings.ts';
import { candidateRows, ofRows, type DiverseChoice, type DiverseRows } from './diverse-rows.ts';
import type { Step } from './pick-in-order.ts';

/** Where no radius is too large, as in a single cluster. */
const largestRadius = 1e100;

/** Takes rows that stand for others among the first by rank, by `typical` or `coverage`.
 * @throws RangeError when there is not one vector for each row, or `radius` is none.
 */
export function pickRepresentative(where: string, choice: DiverseChoice, of: DiverseRows): Step[] {
  const { embeddings, metric = 'cosine', method } = choice;
  const { labelled, count = of.numRows } = of;
  const ranked = candidateRows(where, choice, of);
  if (ranked.length === 0 || count === 0) return [];
  const rows = [...ranked, ...Array.from(labelled)];
  const some = ofRows(embeddings, rows);
  const asked = { count, metric, labelled: rows.map((_, place) => place).slice(ranked.length) };
  const picks =
    method === 'typical'
      ? typiClust(some, asked)
      : probCover(some, { ...asked, radius: choice.radius ?? pureRadius(some, rows.length, asked) });
  return Array.from(picks, ({ row, reason }) => ({ row: rows[row]!, passed: [], turn: reason }));
}

function pureRadius(
  embeddings: Embeddings,
  numRows: number,
  {
    count,
    metric,
    labelled,
  }: { readonly count: number; readonly metric: 'cosine' | 'euclidean'; readonly labelled: readonly number[] },
): number {
  const numClusters = Math.min(numRows, Math.max(2, count + labelled.length));
  const { clusters } = kMeans(embeddings, { numClusters, metric });
  return Math.min(largestRadius, probCoverRadius(embeddings, clusters, { metric }));
}
