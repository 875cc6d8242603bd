import type { Aggregation } from './aggregation.ts';

/** The mean of the k least sure values, or of all where there are fewer: between `leastSure` (k =
 * 1) and `mean`, so that neither one odd box nor many dull ones decide.
 * @param k from 1.
 * @throws RangeError when k is not a whole number from 1.
 * @example aggregate({ name: 'x', order: 'descending', values: [0.5, 0.25, 0.75] }, [0, 3], topKMean(2), { empty: 'last' }).values // Float64Array [0.625]
 */
export function topKMean(k: number): Aggregation {
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`topKMean: k is ${k}; expected a whole number from 1`);
  return {
    name: `top${k}Mean`,
    reduce: (values, start, end, order) => {
      const top = leastSureOf(values, start, end, k, order === 'descending' ? 1 : -1);
      let total = 0;
      for (const value of top) total += value;
      return total / top.length;
    },
  };
}

/** The k largest of `sign * value`, largest first. */
function leastSureOf(values: ArrayLike<number>, start: number, end: number, k: number, sign: 1 | -1): number[] {
  const top: number[] = [];
  for (let i = start; i < end; i++) {
    const value = values[i]!;
    let place = top.length;
    if (place === k && sign * value <= sign * top[place - 1]!) continue;
    if (place === k) place--;
    for (; place > 0 && sign * top[place - 1]! < sign * value; place--) top[place] = top[place - 1]!;
    top[place] = value;
  }
  return top;
}
