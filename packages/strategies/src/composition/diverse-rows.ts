import { rowOf, storageOf } from '@qualm/types/rows';
import { numRowsOf, type Embeddings, type Metric } from '../diversity/embeddings.ts';
import { assertCount } from '../numbers/assert-count.ts';

/** How rows that differ are picked among the first by rank: `k-center` the one farthest from those
 * labelled and picked before (`kCenterGreedy`), `typical` the most typical ones of clusters that
 * have none yet (`typiClust`), `coverage` those near to which most others lie (`probCover`).
 */
export type DiverseMethod = 'k-center' | 'typical' | 'coverage';

/** How rows that differ are picked, among the first by rank. */
export interface DiverseChoice {
  /** A vector for each row. A row without one is not picked. */
  readonly embeddings: Embeddings;
  /** Rows to pick from, the first by rank; ten times `count` unless said, all without a `count`.
   * More of them make picks that differ more, and of which the model is surer.
   */
  readonly candidates?: number;
  /** `cosine` unless said. */
  readonly metric?: Metric;
  /** `k-center` unless said. The others go with no `groups`, `quotas` or `budget`. */
  readonly method?: DiverseMethod;
  /** Of `coverage`: how far a row covers. As `probCoverRadius` finds it unless said, with as many
   * clusters as there are labelled rows and picks. */
  readonly radius?: number;
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

/** The candidates.
 * @throws RangeError when there is not one vector for each row.
 */
export function candidateRows(
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
export function ofRows({ matrix, dimensions }: Embeddings, rows: readonly number[]): Embeddings {
  const some = new (storageOf(matrix))(rows.length * dimensions);
  for (const [place, row] of rows.entries()) some.set(rowOf(matrix, row, dimensions), place * dimensions);
  return { matrix: some, dimensions };
}
