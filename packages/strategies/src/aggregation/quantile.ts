import type { Aggregation } from './aggregation.ts';

/** The value below which the share q of the values lies, straight between neighbours, as NumPy's
 * default (method 7 of Hyndman and Fan): 0 is the minimum, .5 the median, 1 the maximum. Of values,
 * not of uncertainty: the least sure tenth of margins begins at q = .1.
 * @param q 0..1.
 * @throws RangeError when q is not in 0..1.
 * @example aggregate({ name: 'x', order: 'descending', values: [1, 2, 4] }, [0, 3], quantile(0.75), { empty: 'last' }).values // Float64Array [3]
 */
export function quantile(q: number): Aggregation {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`quantile: q is ${q}; expected 0 to 1`);
  let sorted = new Float64Array(64);
  return {
    name: `quantile${q}`,
    reduce: (values, start, end) => {
      const length = end - start;
      if (length > sorted.length) sorted = new Float64Array(2 * length);
      sortInto(sorted, values, start, end);
      const place = q * (length - 1);
      const below = sorted[Math.floor(place)]!;
      const above = sorted[Math.ceil(place)]!;
      const part = place - Math.floor(place);
      if (below === above) return below;
      if (!Number.isFinite(above - below)) return below * (1 - part) + above * part;
      // From the nearer end, so that the result never leaves the two.
      return part < 0.5 ? below + (above - below) * part : above - (above - below) * (1 - part);
    },
  };
}

/** Groups up to this size are sorted by insertion, which is faster for few. */
const few = 48;

function sortInto(sorted: Float64Array, values: ArrayLike<number>, start: number, end: number): void {
  if (end - start > few) {
    for (let i = start; i < end; i++) sorted[i - start] = values[i]!;
    sorted.subarray(0, end - start).sort();
    return;
  }
  for (let i = start; i < end; i++) {
    const value = values[i]!;
    let place = i - start;
    for (; place > 0 && sorted[place - 1]! > value; place--) sorted[place] = sorted[place - 1]!;
    sorted[place] = value;
  }
}
