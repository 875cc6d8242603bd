import type { RankOrder } from '@qualm/types';
import { assertList, rowsOutput } from '@qualm/types/rows';
import type { Matrix } from '@qualm/types/rows';
import { binaryRows } from '../numbers/lone-scores.ts';

/** Scores how far the members of a committee (models of an ensemble, passes of Monte Carlo dropout,
 * augmentations of one image) disagree about an item. Callable: `bald([[0.9, 0.1], [0.1, 0.9]])`.
 */
export interface CommitteeStrategy {
  /** From one vector of class scores per member, all as long and in the same order of classes, to a
   * number.
   * @throws RangeError without members, or when two vectors differ in length.
   */
  (members: readonly ArrayLike<number>[]): number;
  readonly name: string;
  /** `descending`: large numbers are least sure and come first. */
  readonly order: RankOrder;
  /** The same for each row of the members' row-major [n, numClasses] matrices, which are read as
   * they are: [n].
   * @throws RangeError without members, or when matrices or `out` have other shapes.
   */
  readonly scoreRows: (members: readonly Matrix[], numClasses: number, out?: Float64Array) => Float64Array;
  /** The least and the greatest number for so many classes and members. */
  readonly range: (numClasses: number, numMembers: number) => readonly [number, number];
}

/** Scores the row of all members that begins at `from`. */
export type ScoreMembers = (members: readonly ArrayLike<number>[], from: number) => number;

/** Scores all rows of members that it is fast for, into `out`; false, and nothing is written, for
 * others.
 */
export type ScoreMatrices = (members: readonly Matrix[], numClasses: number, out: Float64Array) => boolean;

/** A committee strategy out of a function that makes a scorer of rows, which may hold scratch
 * memory for that shape. Members that give lone scores s vote as the binary distribution [s, 1 -
 * s].
 * @param scoreMatrices a faster way for some members, where there is one.
 */
export function createCommitteeStrategy(
  name: string,
  order: RankOrder,
  createScorer: (numClasses: number, numMembers: number) => ScoreMembers,
  range: CommitteeStrategy['range'],
  scoreMatrices?: ScoreMatrices,
): CommitteeStrategy {
  const call = (members: readonly ArrayLike<number>[]): number => {
    const numClasses = lengthOfMembers(name, members);
    if (numClasses === 0) return NaN;
    if (numClasses === 1) return createScorer(2, members.length)(members.map(binaryRows), 0);
    return createScorer(numClasses, members.length)(members, 0);
  };
  const scoreRows: CommitteeStrategy['scoreRows'] = (members, numClasses, out) => {
    lengthOfMembers(name, members);
    const result = rowsOutput(name, members[0]!, numClasses, out);
    if (numClasses === 1) return scoreRows(members.map(binaryRows), 2, result);
    if (scoreMatrices?.(members, numClasses, result)) return result;
    const score = createScorer(numClasses, members.length);
    for (let row = 0; row < result.length; row++) result[row] = score(members, row * numClasses);
    return result;
  };
  const rangeOf: typeof range = (numClasses, numMembers) => range(Math.max(2, numClasses), numMembers);
  const properties = { name, order, scoreRows, range: rangeOf };
  for (const [key, value] of Object.entries(properties)) Object.defineProperty(call, key, { value, enumerable: true });
  return Object.freeze(call) as unknown as CommitteeStrategy;
}

function lengthOfMembers(where: string, members: readonly ArrayLike<number>[]): number {
  assertList(where, 'members', members);
  for (const member of members) assertList(where, 'the scores of a member', member);
  const [first] = members;
  if (!first) throw new RangeError(`${where}: no members; expected the scores of at least one model`);
  const other = members.findIndex(({ length }) => length !== first.length);
  if (other < 0) return first.length;
  throw new RangeError(
    `${where}: member ${other} has ${members[other]!.length} scores, member 0 has ${first.length}; expected equal shapes`,
  );
}
