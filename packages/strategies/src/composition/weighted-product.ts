import { assertOptions } from '../numbers/assert-arguments.ts';
import { coefficientsOf, termOf } from './coefficients-of.ts';
import { productOfPowers } from './product-of-powers.ts';
import { assertCombinable, type ScoredColumn } from './scored-column.ts';

/** Options of `weightedProduct`. */
export interface WeightedProductOptions {
  /** One exponent of 0 or more for each column: 0 for not at all, 1 unless said, 2 for twice as
   * strong.
   */
  readonly strengths?: readonly number[];
  /** What the product is called; `<name>^<strength> * ...` unless said. */
  readonly name?: string;
}

/** The product of columns, each to the power of its strength, row by row: shape [n] each -> [n], in
 * their direction.
 *
 *     x1^s1 x2^s2 ...
 *
 * A row has to be high in all columns to come first, and 0 in one is 0 in all, where a sum would
 * let one make up for another. Scales do not matter: twice a column is twice the product, and the
 * same order. NaN where any is; 0^0 is 1; 0 times Infinity is NaN. Products that leave the range of
 * float64 on the way are worked out by logarithms. The range is that of the columns' ranges, where
 * all have one.
 * @throws RangeError when there is no column, or they differ in length or in direction, one has a
 * number below 0, or `strengths` are not one number of 0 or more for each.
 * @see `make_product` of modAL; Settles & Craven 2008, eq. 13 (information density)
 * @example weightedProduct([{ name: 'a', order: 'descending', values: [0.5, 1] }, { name: 'b', order: 'descending', values: [0.5, 0.1] }], { strengths: [1, 2] }).values // Float64Array [0.125, 0.01]
 */
export function weightedProduct(columns: readonly ScoredColumn[], options: WeightedProductOptions = {}): ScoredColumn {
  assertCombinable('weightedProduct', columns);
  assertOptions('weightedProduct', options, '{ strengths: [2, 1] }');
  const strengths = coefficientsOf('weightedProduct', 'strengths', columns, options.strengths);
  for (const column of columns) assertNotNegative(column);
  const { name = columns.map((column, place) => factor(column.name, strengths[place]!)).join(' * ') } = options;
  const values = productOfPowers(
    columns.map((column) => column.values),
    strengths,
  );
  const range = rangeOfProduct(columns, strengths);
  return { name, order: columns[0]!.order, values, ...(range && { range }) };
}

function assertNotNegative({ name, values }: ScoredColumn): void {
  for (let row = 0; row < values.length; row++) {
    if (values[row]! < 0)
      throw new RangeError(
        `weightedProduct: '${name}' is ${values[row]} in row ${row}; expected 0 or more: bring it there with rescale`,
      );
  }
}

function factor(name: string, strength: number): string {
  return strength === 1 ? termOf(name) : `${termOf(name)}^${strength}`;
}

function rangeOfProduct(
  columns: readonly ScoredColumn[],
  strengths: readonly number[],
): readonly [number, number] | undefined {
  // No number is below 0, whatever a range says.
  const ends = (side: 0 | 1): number[][] => columns.map(({ range }) => [Math.max(0, range?.[side] ?? NaN)]);
  const [low, high] = [productOfPowers(ends(0), strengths)[0]!, productOfPowers(ends(1), strengths)[0]!];
  return low <= high ? [low, high] : undefined;
}
