import type { Aggregation } from './aggregation.ts';

/** The largest value. Of margins that is the surest box; `leastSure` looks at the order.
 * @example aggregate({ name: 'x', order: 'descending', values: [0.5, 0.25] }, [0, 2], maximum, { empty: 'last' }).values // Float64Array [0.5]
 */
export const maximum: Aggregation = {
  name: 'maximum',
  reduce: (values, start, end) => {
    let best = values[start]!;
    for (let i = start + 1; i < end; i++) if (values[i]! > best) best = values[i]!;
    return best;
  },
};

/** The smallest value. */
export const minimum: Aggregation = {
  name: 'minimum',
  reduce: (values, start, end) => {
    let best = values[start]!;
    for (let i = start + 1; i < end; i++) if (values[i]! < best) best = values[i]!;
    return best;
  },
};

/** The value that is least sure: the largest of descending scores, the smallest of ascending ones.
 * @example aggregate({ name: 'x', order: 'ascending', values: [0.5, 0.25] }, [0, 2], leastSure, { empty: 'last' }).values // Float64Array [0.25]
 */
export const leastSure: Aggregation = {
  name: 'leastSure',
  reduce: (values, start, end, order) => (order === 'descending' ? maximum : minimum).reduce(values, start, end, order),
};
