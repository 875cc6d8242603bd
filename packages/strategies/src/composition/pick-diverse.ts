import { rowOf, storageOf } from '@qualm/types/rows';
import { distanceOf } from '../diversity/distance-of.ts';
import { numRowsOf, type Embeddings, type Metric } from '../diversity/embeddings.ts';
import { pickGreedily } from '../diversity/pick-greedily.ts';
import { pointsWithout } from '../diversity/point-order.ts';
import { createPoints } from '../diversity/points.ts';
import { assertCount } from '../numbers/assert-count.ts';
import type { Limits } from './limits.ts';
import type { PassedRow, Step } from './pick-in-order.ts';

/** How rows that differ are picked: farthest first, as `kCenterGreedy` does, among the first by
 * rank.
 */
export interface DiverseChoice {
  /** A vector for each row. A row without one is not picked. */
  readonly embeddings: Embeddings;
  /** Rows to pick from, the first by rank; ten times `count` unless said, all without a `count`.
   * More of them make picks that differ more, and of which the model is surer.
   */
  readonly candidates?: number;
  /** `cosine` unless said. */
  readonly metric?: Metric;
}

/** What is picked from. */
export interface DiverseRows {
  /** Rows by rank. */
  readonly ranked: Iterable<number>;
  /** Rows that picks are to be far from too. */
  readonly labelled: ArrayLike<number>;
  readonly numRows: number;
  /** Picks at most. */
  readonly count: number | undefined;
}

/** Rows to pick from where nobody says how many: ten for each pick. */
export function diverseCandidates(count: number): number {
  return 10 * count;
}

/** Takes, each time, the row farthest from the nearest labelled or taken one that meets no
 * obstacle, of equals the first by rank, until the limits are reached.
 * @throws RangeError when there is not one vector for each row.
 */
export function pickDiverse(where: string, choice: DiverseChoice, of: DiverseRows, limits: Limits): Step[] {
  const { embeddings, metric = 'cosine' } = choice;
  const { labelled, count = of.numRows } = of;
  const ranked = firstRows(where, choice, of);
  if (limits.areReached() || ranked.length === 0) return [];
  const rows = [...ranked, ...Array.from(labelled)];
  const points = createPoints(where, ofRows(embeddings, rows), { metric }, { numCentres: rows.length });
  const centres = points.pointOf.slice(ranked.length).filter((point) => point >= 0);
  const steps: Step[] = [];
  let passed: PassedRow[] = [];
  const accepts = (point: number, squared: number): boolean => {
    const row = rows[points.rowOf[point]!]!;
    const obstacle = limits.obstacleOf(row);
    if (obstacle) passed.push({ row, obstacle });
    if (obstacle || limits.areReached()) return false;
    limits.take(row);
    const distance = distanceOf(squared, metric);
    steps.push({ row, passed, distance, turn: turnOf(distance) });
    passed = [];
    return true;
  };
  pickGreedily(points, {
    count,
    centres: Uint32Array.from(centres),
    candidates: pointsWithout(points.numPoints, Uint32Array.from(centres)),
    valueOf: (_, squared) => squared,
    accepts,
  });
  return steps;
}

function firstRows(
  where: string,
  { embeddings, candidates }: DiverseChoice,
  { ranked, numRows, count }: DiverseRows,
): number[] {
  if (candidates !== undefined) assertCount(where, candidates, 'candidates of diverse', 1);
  const rows = numRowsOf(where, embeddings);
  if (rows !== numRows) throw new RangeError(`${where}: ${rows} embeddings for ${numRows} rows; expected one for each`);
  const most = candidates ?? (count === undefined ? numRows : diverseCandidates(count));
  const first: number[] = [];
  if (most > 0)
    for (const row of ranked) {
      first.push(row);
      if (first.length >= most) break;
    }
  return first;
}

/** Some of the rows, in this order, so that the first of them wins ties. */
function ofRows({ matrix, dimensions }: Embeddings, rows: readonly number[]): Embeddings {
  const some = new (storageOf(matrix))(rows.length * dimensions);
  for (const [place, row] of rows.entries()) some.set(rowOf(matrix, row, dimensions), place * dimensions);
  return { matrix: some, dimensions };
}

function turnOf(distance: number): string {
  if (distance === Infinity) return 'the first, with no row before it to be far from';
  return `${distance.toPrecision(3)} from the nearest labelled or picked row`;
}
