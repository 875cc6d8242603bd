import type { ColumnData } from '../columns/column-data.ts';
import type { StatementTally } from './predictor.ts';

/** A row for EXPLAIN ANALYZE: what ML_PREDICT did. */
export function explainTally({ predicted, cached, failed }: StatementTally): readonly ColumnData[] {
  const told = [`images predicted: ${predicted}`, `from the cache: ${cached}`, `failed: ${failed}`];
  return [
    { kind: 'values', values: ['ml_predict'] },
    { kind: 'values', values: [told.join('\n')] },
  ];
}
