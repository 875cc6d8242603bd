import { assertColumn, assertOptions } from '../numbers/assert-arguments.ts';
import { meanRanks } from './mean-ranks.ts';
import { orientColumn } from './orient-column.ts';
import type { ScoredColumn } from './scored-column.ts';
import { standardValues } from './standard-values.ts';
import { finiteExtent, unitValues } from './unit-values.ts';

/** Options of `rescale`. */
export interface RescaleOptions {
  readonly method: 'range' | 'min-max' | 'rank' | 'standard';
}

/** The column on a scale that others share, turned so that large numbers are to be labelled first:
 * shape [n] -> [n]. Called `<method>(<name>)`.
 *
 * | method     | the oriented number x becomes                               | range     | all the same | infinite ones    |
 * | ---------- | ----------------------------------------------------------- | --------- | ------------ | ---------------- |
 * | `range`    | (x - low) / (high - low), of the column's `range`           | 0..1      | as others    | at the ends      |
 * | `min-max`  | the same, of the least and the greatest finite number       | 0..1      | 0.5          | at the ends      |
 * | `rank`     | its rank / n, from 1 for the least; ties share a mean rank  | 0..1, > 0 | (n + 1) / 2n | ranked as others |
 * | `standard` | (x - mean) / standard deviation, that of n                  | unbounded | 0            | stay             |
 *
 * NaN stays NaN, and counts in no least, mean or n. With `range` a number means the same in every
 * batch; with the others it depends on the rows it stands among. Numbers beyond their `range` are
 * put at its ends. scikit-learn's MinMaxScaler gives 0 where all are the same, which would wipe out
 * a product; it and StandardScaler refuse infinite numbers.
 * @throws RangeError when `method` is none, or `range` and the column has none that is finite.
 * @see `MinMaxScaler` and `StandardScaler` of scikit-learn; `rankdata` of SciPy,
 * `Series.rank(pct=True)` of pandas
 * @example rescale({ name: 'margin', order: 'ascending', values: [3, 1, NaN, 2] }, { method: 'min-max' }).values // Float64Array [0, 1, NaN, 0.5]
 */
export function rescale(column: ScoredColumn, options: RescaleOptions): ScoredColumn {
  assertColumn('rescale', column);
  assertOptions('rescale', options, "{ method: 'rank' }");
  const { method } = options;
  const { values, range } = orientColumn(column);
  const name = `${method}(${column.name})`;
  switch (method) {
    case 'range':
      if (!range || !Number.isFinite(range[0]) || !Number.isFinite(range[1]))
        throw new RangeError(
          `rescale: '${column.name}' has the range ${range ? range.join('..') : 'undefined'}; expected a finite one, or another method`,
        );
      return { name, order: 'descending', values: unitValues(values, range), range: [0, 1] };
    case 'min-max':
      return { name, order: 'descending', values: unitValues(values, finiteExtent(values) ?? [0, 0]), range: [0, 1] };
    case 'rank': {
      const { ranks, numRanked } = meanRanks(values);
      return { name, order: 'descending', values: ranks.map((rank) => rank / numRanked), range: [0, 1] };
    }
    case 'standard':
      return { name, order: 'descending', values: standardValues(values) };
    default:
      throw new RangeError(`rescale: method is '${String(method)}'; expected 'range', 'min-max', 'rank' or 'standard'`);
  }
}
