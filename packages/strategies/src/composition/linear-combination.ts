import { assertOptions } from '../numbers/assert-arguments.ts';
import { coefficientsOf, termOf } from './coefficients-of.ts';
import { assertCombinable, type ScoredColumn } from './scored-column.ts';

/** Options of `linearCombination`. */
export interface LinearCombinationOptions {
  /** One number of 0 or more for each column; 1 each unless said. */
  readonly weights?: readonly number[];
  /** What the combination is called; `<weight> <name> + ...` unless said. */
  readonly name?: string;
}

/** The weighted sum of columns, row by row: shape [n] each -> [n], in their direction.
 *
 *     w1 x1 + w2 x2 + ...
 *
 * NaN where any is, even at weight 0; beside that a weight of 0 adds 0, also to an infinite number.
 * Infinity and -Infinity give NaN. Columns of different scales are to be brought to one before, by
 * `rescale`; else the widest decides. The range is that of the columns' ranges, where all have one.
 * @throws RangeError when there is no column, or they differ in length or in direction, or
 * `weights` are not one number of 0 or more for each.
 * @see `make_linear_combination` of modAL
 * @example linearCombination([{ name: 'a', order: 'descending', values: [1, 2] }, { name: 'b', order: 'descending', values: [4, 0] }], { weights: [1, 0.5] }).values // Float64Array [3, 2]
 */
export function linearCombination(
  columns: readonly ScoredColumn[],
  options: LinearCombinationOptions = {},
): ScoredColumn {
  assertCombinable('linearCombination', columns);
  assertOptions('linearCombination', options, '{ weights: [2, 1] }');
  const weights = coefficientsOf('linearCombination', 'weights', columns, options.weights);
  const { name = columns.map((column, place) => term(column.name, weights[place]!)).join(' + ') } = options;
  const values = new Float64Array(columns[0]!.values.length);
  columns.forEach((column, place) => {
    const weight = weights[place]!;
    for (let row = 0; row < values.length; row++) values[row]! += weighted(column.values[row]!, weight);
  });
  const range = rangeOfSum(columns, weights);
  return { name, order: columns[0]!.order, values, ...(range && { range }) };
}

function weighted(value: number, weight: number): number {
  return weight === 0 && !Number.isNaN(value) ? 0 : weight * value;
}

function term(name: string, weight: number): string {
  return weight === 1 ? termOf(name) : `${weight} ${termOf(name)}`;
}

function rangeOfSum(
  columns: readonly ScoredColumn[],
  weights: readonly number[],
): readonly [number, number] | undefined {
  const end = (side: 0 | 1): number =>
    columns.reduce((sum, { range }, place) => sum + weighted(range?.[side] ?? NaN, weights[place]!), 0);
  const [low, high] = [end(0), end(1)];
  return low <= high ? [low, high] : undefined;
}
