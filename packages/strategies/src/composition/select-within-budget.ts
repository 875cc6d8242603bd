import { assertList, assertOneForEach, createSelection, topRows } from '@qualm/types/rows';
import type { SelectedRows, TieOptions } from '@qualm/types/rows';
import { assertColumn, assertOptions } from '../numbers/assert-arguments.ts';
import { assertCount } from '../numbers/assert-count.ts';
import { candidatesOf, type CandidateOptions } from './candidates.ts';
import { leastCostOf } from './cost-of.ts';
import { createExplainer } from './explain-pick.ts';
import { packExactly } from './pack-exactly.ts';
import { packGreedily } from './pack-greedily.ts';
import { createPackable, type Packable, type Packing } from './packable.ts';
import { assertTold, type ScoredColumn } from './scored-column.ts';

/** Options of `selectWithinBudget`. */
export interface SelectWithinBudgetOptions extends TieOptions, CandidateOptions {
  /** What each row costs, 0 or more: minutes of labelling, boxes to draw, money. */
  readonly costs: ArrayLike<number>;
  /** What all picks may cost together. */
  readonly budget: number;
  /** `exact` unless said. */
  readonly method?: 'exact' | 'greedy';
  /** Rows that `exact` may try to take or to leave before it settles for the best so far; 1,000,000
   * unless said.
   */
  readonly maxSteps?: number;
  /** Columns that decide nothing, and whose scores and ranks each pick tells. */
  readonly also?: readonly ScoredColumn[];
}

/** Chosen rows, what they are worth and cost together, and what the best could be worth at most. */
export interface BudgetSelection extends SelectedRows {
  readonly value: number;
  readonly cost: number;
  /** No set of rows within the budget is worth more: `value` itself where that is proven to be the
   * greatest.
   */
  readonly upperBound: number;
}

/** The rows that are worth the most together and cost no more than `budget`: the 0/1 knapsack
 * problem. In order of rank.
 *
 *     max  sum of values    with  sum of costs <= budget
 *
 * - `exact`: the greatest sum, but for a share of 1e-12 that may be rounding, by branch and bound.
 *   The time that takes depends on the numbers, and can grow exponentially; after `maxSteps` the
 *   best so far is taken, never less than that of `greedy`, and `upperBound` and the reasons say
 *   how good it is.
 * - `greedy`: by value for each unit of cost whatever still fits, or the one row that is worth the
 *   most, if that is more. At least half of the greatest sum, and mostly far more: `upperBound`
 *   says.
 *
 * Values are to be 0 or more, large ones first. Rows worth 0 are not picked, nor those with NaN or
 * labels. Of sets that are worth the same one comes back that depends on nothing but values, costs,
 * ids and seed. A larger budget may give other rows, not more of them. There are no groups or
 * quotas here: pick `among` the rows of `selectBatch`, which is the best choice of these rows, not
 * of all.
 *
 * Costs are added in float64, by value per cost: 0.1 + 0.2 is more than 0.3. Whole numbers are
 * safe.
 * @throws RangeError when the column is ascending, a value is negative or infinite, there is not a
 * cost of 0 or more for each row, or an option is not what it says.
 * @see Dantzig 1957, Discrete-variable extremum problems (the bound); Kellerer, Pferschy & Pisinger
 * 2004, Knapsack Problems
 * @example selectWithinBudget({ name: 'doubt', order: 'descending', values: [6, 5, 5] }, { costs: [6, 5, 5], budget: 10 }).rows // Uint32Array [1, 2]
 */
export function selectWithinBudget(column: ScoredColumn, options: SelectWithinBudgetOptions): BudgetSelection {
  const where = 'selectWithinBudget';
  assertColumn(where, column);
  assertOptions(where, options, '{ costs, budget: 10 }');
  assertList(where, 'costs', options.costs);
  const { costs, budget, method = 'exact', maxSteps = 1_000_000, also = [], ids, seed } = options;
  const columns = [column, ...also];
  assertTold(where, columns, ['cost']);
  assertOneForEach(where, 'ids', ids, column.values.length);
  assertCount(where, maxSteps, 'maxSteps');
  if (method !== 'exact' && method !== 'greedy')
    throw new RangeError(`${where}: method is '${String(method)}'; expected 'exact' or 'greedy'`);
  const candidates = candidatesOf(where, column, options);
  assertWorth(where, column, candidates);
  leastCostOf(where, candidates, costs, budget);
  const ties = { ...(ids && { ids }), ...(seed !== undefined && { seed }) };
  const packable = createPackable(candidates, costs, budget, ties);
  const packing = method === 'exact' ? packExactly(packable, maxSteps) : { ...packGreedily(packable), isBest: false };
  const upperBound = packing.isBest ? packing.value : Math.max(packing.value, packable.boundFrom(0, 0));
  const rows = ranked(packing, packable, candidates, ties);
  const turn = `in ${goodness(packing.value, upperBound)} for a budget of ${budget}`;
  const explain = createExplainer({ columns, candidates, ties, costs });
  const selection = createSelection(rows, (place) =>
    explain({
      row: rows[place]!,
      passed: [],
      turn: `${turn}, at a cost of ${Number(costs[rows[place]!]!.toPrecision(4))}`,
    }),
  );
  return { ...selection, value: packing.value, cost: packing.cost, upperBound };
}

function ranked({ places }: Packing, { rows }: Packable, candidates: Float64Array, ties: TieOptions): Uint32Array {
  const values = new Float64Array(candidates.length).fill(NaN);
  for (const place of places) values[rows[place]!] = candidates[rows[place]!]!;
  return topRows(values, 'descending', { ...ties, limit: places.length });
}

function goodness(value: number, upperBound: number): string {
  if (value >= upperBound) return 'the best set';
  return `a set worth at least ${(Math.floor((1e4 * value) / upperBound) / 100).toFixed(2)} % of the best`;
}

function assertWorth(where: string, { name, order }: ScoredColumn, candidates: Float64Array): void {
  if (order !== 'descending')
    throw new RangeError(`${where}: '${name}' is ${order}; expected descending: turn it with orientColumn or rescale`);
  for (let row = 0; row < candidates.length; row++) {
    const value = candidates[row]!;
    if (value < 0 || value === Infinity)
      throw new RangeError(`${where}: '${name}' is ${value} in row ${row}; expected a finite number of 0 or more`);
  }
}
