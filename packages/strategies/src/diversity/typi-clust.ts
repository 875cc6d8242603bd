import { createRandom, createSelection } from '@qualm/types/rows';
import type { SelectedRows, TieOptions } from '@qualm/types/rows';
import { assertOptions } from '../numbers/assert-arguments.ts';
import { assertCount } from '../numbers/assert-count.ts';
import { numRowsOf, type Embeddings, type Metric } from './embeddings.ts';
import { drawStart } from './k-means.ts';
import { labelledPoints, type LabelledOptions } from './labelled-points.ts';
import { lloyd } from './lloyd.ts';
import { pickTypical } from './pick-typical.ts';
import { createPoints } from './points.ts';

/** Options of `typiClust`. */
export interface TypiClustOptions extends LabelledOptions, Pick<TieOptions, 'ids'> {
  /** Rows wanted; fewer come back where fewer have a vector. */
  readonly count: number;
  /** Neighbours that typicality is the nearness of; 20 unless said, as in the paper. */
  readonly numNeighbours?: number;
  /** 500 unless said, as in the paper. */
  readonly maxClusters?: number;
  /** What the start of k-means depends on; 0 unless said. With ids that differ, it does not depend
   * on the order of the rows.
   */
  readonly seed?: number;
  /** `euclidean` unless said. */
  readonly metric?: Metric;
  /** Of k-means; 300 unless said. */
  readonly maxIterations?: number;
}

/** Typical rows of clusters that have no label yet (TypiClust), for the first labels of all, when
 * uncertainty says nothing.
 *
 *     typicality(x) = 1 / mean distance of x to its nearest neighbours in its cluster
 *
 * k-means makes as many clusters as there are labelled rows and picks, `maxClusters` at most. Each
 * pick is the most typical row that is left in a cluster with the fewest labelled and picked rows,
 * the largest of these. Exact neighbours; in equal rows typicality is Infinity. As the clusters
 * depend on `count`, the first picks of a larger one are not those of a smaller one. Rows without a
 * vector, and labelled ones, are never picked.
 * @throws RangeError when `count` is not a whole number from 0, `numNeighbours`, `maxClusters` or
 * `maxIterations` is not one from 1, a labelled row is none, or shapes disagree.
 * @see Hacohen, Dekel & Weinshall 2022, https://arxiv.org/abs/2202.02794
 * @example typiClust({ matrix: Float32Array.of(0, 1, 2, 9, 9.5, 11), dimensions: 1 }, { count: 2 }).rows // Uint32Array [1, 4]
 */
export function typiClust(embeddings: Embeddings, options: TypiClustOptions): SelectedRows {
  const where = 'typiClust';
  assertOptions(where, options, '{ count: 10 }');
  const {
    count,
    labelled = [],
    numNeighbours = 20,
    maxClusters = 500,
    seed = 0,
    maxIterations = 300,
    ...order
  } = options;
  assertCount(where, count);
  for (const [name, value] of Object.entries({ numNeighbours, maxClusters, maxIterations }))
    assertCount(where, value, name, 1);
  const numRows = numRowsOf(where, embeddings);
  const numClusters = Math.min(maxClusters, labelled.length + count, numRows);
  const room = { numCentres: numRows, numExtra: numClusters };
  const points = createPoints(where, embeddings, order, room);
  const without = labelledPoints(where, points, labelled);
  const start = drawStart(points, Math.min(numClusters, without.length + count), createRandom(seed));
  const isSpherical = order.metric === 'cosine';
  const clusters = lloyd(points, { start, dimensions: embeddings.dimensions, maxIterations, isSpherical });
  const picks = pickTypical(points, clusters, { count, without, numNeighbours, metric: order.metric });
  return createSelection(
    Uint32Array.from(picks, ({ point }) => points.rowOf[point]!),
    (place) => {
      const { typicality, clusterSize, numCovered } = picks[place]!;
      const scores = { typicality, clusterSize };
      return { reason: reasonOf(clusterSize, numCovered), scores, ranks: {} };
    },
  );
}

function reasonOf(clusterSize: number, numCovered: number): string {
  const before = numCovered < 2 ? `${numCovered === 0 ? 'no' : 1} label or pick` : `${numCovered} labels and picks`;
  return `the most typical row left in a cluster of ${clusterSize} with ${before}`;
}
