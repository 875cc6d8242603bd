import type { Aggregation } from './aggregation.ts';

/** The value below which the share q of the values lies, straight between neighbours, as NumPy's default (method 7 of Hyndman and Fan): 0 is the
 * minimum, .5 the median, 1 the maximum. Of values, not of uncertainty: the least sure tenth of margins begins at q = .1.
 * @param q 0..1.
 * @throws RangeError when q is not in 0..1.
 * @example aggregate({ values: [1, 2, 4], order: 'descending' }, [0, 3], quantile(0.75), { empty: 'last' }).values // Float64Array [3]
 */
export function quantile(q: number): Aggregation {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`quantile: q is ${q}; wanted 0 to 1`);
  return {
    name: `quantile${q}`,
    reduce: (values, start, end) => {
      const sorted = new Float64Array(end - start);
      for (let i = start; i < end; i++) sorted[i - start] = values[i]!;
      sorted.sort();
      const place = q * (sorted.length - 1);
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
