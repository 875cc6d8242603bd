import { assertOneForEach, createSelection } from '@qualm/types/rows';
import type { SelectedRows, TieOptions } from '@qualm/types/rows';
import { assertColumn, assertOptions } from '../numbers/assert-arguments.ts';
import { assertCount } from '../numbers/assert-count.ts';
import { candidatesOf, type CandidateOptions } from './candidates.ts';
import { leastCostOf } from './cost-of.ts';
import { createExplainer } from './explain-pick.ts';
import { keyAt, type Keys } from './keys.ts';
import { createLimits, type Limits } from './limits.ts';
import type { DiverseChoice } from './diverse-rows.ts';
import { pickDiverse } from './pick-diverse.ts';
import { pickEvenly } from './pick-evenly.ts';
import { pickInOrder, type Step } from './pick-in-order.ts';
import { pickMinimums } from './pick-minimums.ts';
import { pickRepresentative } from './pick-representative.ts';
import { readQuotas, type Quota, type Quotas } from './quotas.ts';
import { rankedRows } from './ranked-rows.ts';
import { assertTold, type ScoredColumn } from './scored-column.ts';

/** Options of `selectBatch`. */
export interface SelectBatchOptions extends TieOptions, CandidateOptions {
  /** Rows wanted; fewer come back where limits leave fewer. As many as limits leave unless said. */
  readonly count?: number;
  /** One key for each row, such as its video. Null: a group of its own. */
  readonly groups?: Keys;
  /** Rows of one group at most; 1 unless said. */
  readonly maxPerGroup?: number;
  /** One key for each row, such as the class that the model names; all text, or all numbers. Null:
   * no class, and no quota.
   */
  readonly classes?: Keys;
  /** By class, how many rows at most, or `{ min, max }`. Others have no quota. */
  readonly quotas?: Readonly<Record<string, Quota>>;
  /** As many rows of each class, as near as can be. */
  readonly balance?: boolean;
  /** What each row costs, 0 or more. */
  readonly costs?: ArrayLike<number>;
  /** What all picks may cost together. */
  readonly budget?: number;
  /** Picks rows that differ, of those that come first by rank. */
  readonly diverse?: DiverseChoice;
  /** Columns that decide nothing, and whose scores and ranks each pick tells. */
  readonly also?: readonly ScoredColumn[];
}

/** Chosen rows, and which classes did not get their minimum. */
export interface BatchSelection extends SelectedRows {
  readonly unmet: readonly UnmetQuota[];
}

/** A class of which fewer rows could be picked than were wanted. */
export interface UnmetQuota {
  readonly class: string;
  readonly wanted: number;
  readonly picked: number;
}

/** A batch of rows, the first by rank that no limit forbids, each with the reason why it was picked
 * and what was passed over for it.
 *
 * Rows are gone through by rank, ties by id, or by `seed`. A row is passed over when `maxPerGroup`
 * of its group were picked, its class has its quota, or it costs more than is left of `budget`.
 * `quotas` with minimums go through the rows of these classes first. `balance` takes, each time,
 * the first row of the class of which the fewest were picked, and of several such classes of that
 * whose row comes first. Rows with NaN and labelled ones are never picked, and no row twice.
 *
 * `diverse` takes, each time, of the first `candidates` by rank the row that is farthest from the
 * nearest labelled or picked one and that no limit forbids; where nothing is labelled, the first by
 * rank before all. It goes with `groups`, maximal `quotas` and `budget`. With the method `typical`
 * or `coverage` it takes rows that stand for others, and goes with none of them.
 *
 * | with                     | the first picks of a larger count are those of a smaller | sum of scores of 0 or more           |
 * | ------------------------ | -------------------------------------------------------- | ------------------------------------ |
 * | `groups` or `quotas`     | yes                                                      | the greatest there is                |
 * | both, no minimums        | yes                                                      | at least half of the greatest        |
 * | minimums                 | yes                                                      | no promise                           |
 * | `balance`                | yes                                                      | no promise; with `groups` not as even as could be |
 * | `diverse`                | no, but with the same `candidates`                       | no promise                           |
 * | `budget`                 | yes; of a larger budget no                               | no promise: see `selectWithinBudget` |
 *
 * Minimums are served greedily: a row taken for one class may be the one of its group that another
 * needed. What is not met is in `unmet`. Costs are added as they come, in float64: 0.1 + 0.2 is
 * more than 0.3.
 *
 * Only as many rows are put in order as need be, and memory is linear in the rows. Explaining ranks
 * each column once, when the first pick is read.
 * @throws RangeError when an option is not what it says, there is not one id, key or cost for each
 * row, minimums add up to more than `count`, `quotas` and `balance` are both given or without
 * `classes`, `diverse` is given with minimums or `balance`, only one of `costs` and `budget` is
 * given, or two columns have one name.
 * @see Korte & Hausmann 1978, An analysis of the greedy heuristic for independence systems (the
 * half)
 * @example selectBatch({ name: 'margin', order: 'ascending', values: [0.1, 0.2, 0.3] }, { count: 2, groups: ['a', 'a', 'b'] }).rows // Uint32Array [0, 2]
 */
export function selectBatch(column: ScoredColumn, options: SelectBatchOptions = {}): BatchSelection {
  const where = 'selectBatch';
  assertColumn(where, column);
  assertOptions(where, options, '{ count: 10 }');
  const { groups, classes, costs, also = [], ids, seed, diverse, labelled = [] } = options;
  const numRows = column.values.length;
  const { count = numRows, maxPerGroup = 1, budget = Infinity } = options;
  assertBatchOptions(where, options, numRows);
  const columns = [column, ...also];
  assertTold(where, columns, [...(costs ? ['cost'] : []), ...(hasDistances(diverse) ? ['distance'] : [])]);
  const quotas = readQuotas(where, options.quotas ?? {}, options.count ?? Infinity);
  if (diverse && quotas.minimums.size > 0)
    throw new RangeError(`${where}: diverse and minimums of quotas; expected one of them`);
  const candidates = candidatesOf(where, column, options);
  const leastCost = costs ? leastCostOf(where, candidates, costs, budget) : 0;
  const limits = createLimits({ count, groups, maxPerGroup, classes, quotas, costs, budget, leastCost });
  const ties = { ...(ids && { ids }), ...(seed !== undefined && { seed }) };
  const ranked = (values: Float64Array): Generator<number> =>
    rankedRows(values, column.order, ties, Math.min(2 * count, numRows));
  const among = { ranked: ranked(candidates), labelled, numRows, count: options.count };
  const steps = diverse
    ? hasDistances(diverse)
      ? pickDiverse(where, diverse, among, limits)
      : pickRepresentative(where, diverse, among)
    : options.balance && classes
      ? pickEvenly(ranked(candidates), candidates, classes, limits)
      : pickWithQuotas(candidates, classes, quotas, limits, ranked);
  const explain = createExplainer({ columns, candidates, ties, groups, classes, costs });
  const rows = Uint32Array.from(steps, ({ row }) => row);
  return { ...createSelection(rows, (place) => explain(steps[place]!)), unmet: unmetOf(rows, classes, quotas) };
}

function hasDistances(diverse: DiverseChoice | undefined): boolean {
  return diverse !== undefined && (diverse.method ?? 'k-center') === 'k-center';
}

function pickWithQuotas(
  candidates: Float64Array,
  classes: Keys | undefined,
  quotas: Quotas,
  limits: Limits,
  ranked: (values: Float64Array) => Generator<number>,
): Step[] {
  if (!classes || quotas.minimums.size === 0) return pickInOrder(ranked(candidates), limits);
  const needed = candidates.map((value, row) => (quotas.minOf(keyAt(classes, row)) > 0 ? value : NaN));
  const first = pickMinimums(ranked(needed), classes, quotas, limits);
  const others = candidates.slice();
  for (const { row } of first) others[row] = NaN;
  return [...first, ...pickInOrder(ranked(others), limits)];
}

function unmetOf(rows: Uint32Array, classes: Keys | undefined, { minimums, minOf }: Quotas): UnmetQuota[] {
  const picked = new Map<string, number>();
  for (const row of classes ? rows : []) {
    const key = keyAt(classes!, row);
    if (minOf(key) > 0) picked.set(String(key), (picked.get(String(key)) ?? 0) + 1);
  }
  return Array.from(minimums, ([key, wanted]) => ({ class: key, wanted, picked: picked.get(key) ?? 0 })).filter(
    (quota) => quota.picked < quota.wanted,
  );
}

function assertBatchOptions(where: string, options: SelectBatchOptions, numRows: number): void {
  const { count, maxPerGroup, groups, classes, quotas, balance, costs, budget, ids, diverse } = options;
  if (count !== undefined) assertCount(where, count);
  if (maxPerGroup !== undefined) assertCount(where, maxPerGroup, 'maxPerGroup', 1);
  assertOneForEach(where, 'ids', ids, numRows);
  assertOneForEach(where, 'groups', groups, numRows);
  assertOneForEach(where, 'classes', classes, numRows);
  if (maxPerGroup !== undefined && !groups) throw new RangeError(`${where}: maxPerGroup without groups`);
  if ((quotas ?? balance) && !classes)
    throw new RangeError(`${where}: ${quotas ? 'quotas' : 'balance'} without classes`);
  if (quotas && balance) throw new RangeError(`${where}: quotas and balance; expected one of them`);
  if (diverse && balance) throw new RangeError(`${where}: diverse and balance; expected one of them`);
  if (diverse) assertMethod(where, options);
  if ((costs === undefined) !== (budget === undefined))
    throw new RangeError(`${where}: ${costs ? 'costs without a budget' : 'a budget without costs'}`);
}

function assertMethod(where: string, { diverse, groups, quotas, budget }: SelectBatchOptions): void {
  const { method = 'k-center', radius } = diverse!;
  if (!['k-center', 'typical', 'coverage'].includes(method))
    throw new RangeError(
      `${where}: the method of diverse is ${JSON.stringify(method)}; expected 'k-center', 'typical' or 'coverage'`,
    );
  if (radius !== undefined && method !== 'coverage')
    throw new RangeError(`${where}: radius is for the method 'coverage'`);
  if (method !== 'k-center' && (groups ?? quotas ?? budget) !== undefined)
    throw new RangeError(`${where}: the method '${method}' goes with no groups, quotas or budget; 'k-center' does`);
}
