/** The least number that has all its 53 bits. */
const leastNormal = 2 ** -1022;

/** The product of each row's factors, each to its power: NaN where any factor is NaN. 0^0 is 1. */
export function productOfPowers(factors: readonly ArrayLike<number>[], powers: readonly number[]): Float64Array {
  return Float64Array.from({ length: factors[0]!.length }, (_, row) => {
    let product = 1;
    for (let place = 0; place < factors.length; place++) {
      const factor = factors[place]![row]!;
      // NaN ** 0 is 1.
      product *= Number.isNaN(factor) ? NaN : factor ** powers[place]!;
    }
    const size = Math.abs(product);
    return size >= leastNormal && size < Infinity ? product : byLogarithms(factors, powers, row, product);
  });
}

/** For products that leave the range of numbers on the way, and perhaps not in the end; `direct`
 * where logarithms do not help.
 */
function byLogarithms(
  factors: readonly ArrayLike<number>[],
  powers: readonly number[],
  row: number,
  direct: number,
): number {
  let sum = 0;
  for (let place = 0; place < factors.length; place++) {
    if (powers[place] !== 0 || Number.isNaN(factors[place]![row]!))
      sum += powers[place]! * Math.log(factors[place]![row]!);
  }
  return Number.isNaN(sum) ? direct : Math.exp(sum);
}
