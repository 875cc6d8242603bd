import type { Prediction, PredictionSink } from '@qualm/types';

/** A sink that keeps what it is given. */
export interface MemorySink extends PredictionSink {
  readonly rows: readonly Prediction[];
}

/** A sink into memory. Rows are kept as they come, in order; nothing is copied.
 * @example const sink = createMemorySink(); await sink.write(prediction); sink.rows.length // 1
 */
export function createMemorySink(): MemorySink {
  const rows: Prediction[] = [];
  return {
    rows,
    get stored() {
      return rows.length;
    },
    async write(row) {
      rows.push(row);
    },
    async close() {},
    async abort() {},
  };
}
