import { topKMean } from '@qualm/strategies';
import type { Aggregation } from '@qualm/strategies';
import type { RankOrder } from '@qualm/types';
import type { DuckDb } from '../engine/load-duckdb.ts';
import { nullRows } from './null-rows.ts';
import { readNumberLists } from './read-number-lists.ts';
import type { ScalarDefinition } from './scalar-definition.ts';
import { writeDoubles } from './write-doubles.ts';

/** `top_k_mean(values, k [, order])`: the mean of the k least sure values of a list, `topKMean`
 * of `@qualm/strategies`. NULL among the values counts as absent, as it does for SQL's own
 * aggregates; a list without values gives NULL, and NaN gives NaN. */
export function topKMeanFunctions(lib: DuckDb): ScalarDefinition[] {
  const { LIST, DOUBLE, INTEGER, VARCHAR } = lib;
  return [false, true].map((hasOrder) => ({
    name: 'top_k_mean',
    parameters: [LIST(DOUBLE), INTEGER, ...(hasOrder ? [VARCHAR] : [])],
    returns: DOUBLE,
    run: (chunk, output) => {
      const vector = lib.bindings.data_chunk_get_vector(chunk.chunk, 0);
      const lists = readNumberLists(lib, vector, chunk.rowCount, { type: 'DOUBLE[]', ofNull: 'omit' });
      const nulls = nullRows(lib, chunk, hasOrder ? [1, 2] : [1], lists.nulls);
      const [ks, orders] = [chunk.getColumnVector(1), hasOrder ? chunk.getColumnVector(2) : null];
      const means = new Float64Array(chunk.rowCount);
      const aggregations = new Map<number, Aggregation>();
      for (let row = 0; row < means.length; row++) {
        const [start, end] = [lists.offsets[row]!, lists.offsets[row + 1]!];
        if (start === end) nulls[row] = 1;
        if (nulls[row]) continue;
        const order = orders === null ? 'descending' : orderOf(orders.getItem(row));
        const aggregation = aggregationOf(aggregations, ks.getItem(row) as number);
        means[row] = hasNaN(lists.values, start, end) ? NaN : aggregation.reduce(lists.values, start, end, order);
      }
      writeDoubles(output, means, nulls);
    },
  }));
}

function aggregationOf(made: Map<number, Aggregation>, k: number): Aggregation {
  if (k < 1) throw new RangeError(`top_k_mean: k is ${k}; expected a whole number from 1`);
  const aggregation = made.get(k) ?? topKMean(k);
  made.set(k, aggregation);
  return aggregation;
}

function orderOf(value: unknown): RankOrder {
  if (value === 'ascending' || value === 'descending') return value;
  throw new RangeError(`top_k_mean: order is ${JSON.stringify(value)}; expected 'ascending' or 'descending'`);
}

function hasNaN(values: ArrayLike<number>, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (Number.isNaN(values[at]!)) return true;
  return false;
}
