import { shortNumber } from '@qualm/types';
import { canonicalRows, createRandom, createSelection, rowsOutput } from '@qualm/types/rows';
import type { Matrix, SelectedRows, TieOptions } from '@qualm/types/rows';
import { assertOptions } from '../numbers/assert-arguments.ts';
import { assertCount } from '../numbers/assert-count.ts';
import { drawBySquares } from './draw-by-squares.ts';
import { numRowsOf, type Embeddings } from './embeddings.ts';
import { createGradientDistances, gradientFactors, type GradientFactors } from './gradient-distances.ts';
import { labelledPoints, type LabelledOptions } from './labelled-points.ts';
import { assertIds, mostSquares, pointsOf, pointsWithout } from './point-order.ts';

/** Options of `badge`. */
export interface BadgeOptions extends LabelledOptions, Pick<TieOptions, 'ids'> {
  /** Of each row the probabilities of the classes, row-major [n, numClasses], as softmax gives
   * them.
   */
  readonly probabilities: Matrix;
  /** 2 or more. */
  readonly numClasses: number;
  /** Rows wanted; fewer come back where fewer have a vector. */
  readonly count: number;
  /** What the draws depend on; 0 unless said. With ids that differ, they do not depend on the order
   * of the rows.
   */
  readonly seed?: number;
}

/** Rows that are uncertain and differ: k-means++ on the gradients that the last layer would get
 * from each row, if its most probable class were its label (BADGE).
 *
 *     g(x) = (p(x) - onehot(argmax p(x))) times h(x), an outer product [numClasses, dimensions]
 *
 * `embeddings` are h, what the last layer is given. A sure row has a short gradient and lies near
 * those of other sure rows; unsure rows of different classes or looks lie far apart. The first
 * pick is the row with the longest gradient, each other is drawn with a chance proportional to its
 * squared distance from the nearest pick. Distances come from the two factors, in float64; the
 * outer products are not made: memory is linear in the rows. Labelled rows are not picked, and, as
 * in the paper, do not count as covered. Rows with NaN in either input are never picked.
 * @throws RangeError when `count` is not a whole number from 0, `numClasses` is less than 2, a
 * labelled row is none, or shapes disagree.
 * @see Ash, Zhang, Krishnamurthy, Langford & Agarwal 2020, https://arxiv.org/abs/1906.03671
 * @example badge({ matrix: Float32Array.of(1, 1), dimensions: 1 }, { probabilities: Float32Array.of(1, 0, 0.5, 0.5), numClasses: 2, count: 1 }).rows // Uint32Array [1]
 */
export function badge(embeddings: Embeddings, options: BadgeOptions): SelectedRows {
  assertOptions('badge', options, '{ count: 10, probabilities, numClasses: 80 }');
  const { count, labelled = [], seed = 0 } = options;
  assertCount('badge', count);
  const factors = factorsOf(embeddings, options);
  const { ofOutputs, ofInputs } = factors;
  const rows = canonicalRows(ofInputs.length, options.ids ? { ids: options.ids } : {});
  const points = pointsOf(rows, (row) => ofOutputs[row]! * ofInputs[row]! < mostSquares);
  const { rowOf } = points;
  const without = labelledPoints('badge', points, labelled);
  const subject = {
    numPoints: rowOf.length,
    ...createGradientDistances(factors, rowOf, Math.min(count, rowOf.length)),
  };
  const lengthOf = (point: number): number => ofOutputs[rowOf[point]!]! * ofInputs[rowOf[point]!]!;
  const first = longestOf(rowOf.length, without, lengthOf);
  const started = count > 0 && first >= 0 ? Uint32Array.of(first) : new Uint32Array();
  subject.centres.set(started);
  const { drawn, squares } = drawBySquares(subject, {
    count: count - started.length,
    without: Uint32Array.from([...without, ...started]),
    numCentres: started.length,
    random: createRandom(seed),
  });
  const picked = Uint32Array.from([...started, ...drawn]);
  return createSelection(
    picked.map((point) => rowOf[point]!),
    (place) => {
      const distance = place === 0 ? Infinity : Math.sqrt(squares[place - 1]!);
      const gradientLength = Math.sqrt(lengthOf(picked[place]!));
      return { reason: reasonOf(distance, gradientLength), scores: { distance, gradientLength }, ranks: {} };
    },
  );
}

function factorsOf(embeddings: Embeddings, { probabilities, numClasses, ids }: BadgeOptions): GradientFactors {
  const numRows = numRowsOf('badge', embeddings);
  assertIds('badge', ids, numRows);
  assertCount('badge', numClasses, 'numClasses', 2);
  const numOutputs = rowsOutput('badge', probabilities, numClasses).length;
  if (numOutputs === numRows) return gradientFactors(probabilities, numClasses, embeddings);
  throw new RangeError(`badge: ${numOutputs} rows of probabilities for ${numRows} embeddings; expected one for each`);
}

/** The first of equals; -1 where there are none. */
function longestOf(numPoints: number, without: Uint32Array, lengthOf: (point: number) => number): number {
  let longest = -1;
  for (const point of pointsWithout(numPoints, without)) {
    if (longest < 0 || lengthOf(point) > lengthOf(longest)) longest = point;
  }
  return longest;
}

function reasonOf(distance: number, gradientLength: number): string {
  if (distance === Infinity) return `the longest gradient, ${shortNumber(gradientLength)}`;
  return `drawn by the square of its gradient's distance from the nearest pick, ${shortNumber(distance)}`;
}
