import { readPredictionInfo, readPredictionShards } from '@qualm/datasets';
import type { PredictionSetInfo, PredictionTable, ReadPredictionsOptions } from '@qualm/datasets';

/** Stored predictions: the path of a folder or of one of its files, or predictions in memory. */
export type PredictionSource = string | PredictionTable;

/** What messages call a source. */
export function sourceName(source: PredictionSource): string {
  return typeof source === 'string' ? source : 'predictions in memory';
}

/** @throws QualmError `io` when it cannot be read, `dataset-invalid` when it holds no predictions. */
export async function sourceInfo(source: PredictionSource): Promise<PredictionSetInfo> {
  return typeof source === 'string' ? readPredictionInfo(source) : source;
}

/** One shard is in memory at a time.
 * @throws as `sourceInfo`.
 */
export async function* sourceShards(
  source: PredictionSource,
  options: ReadPredictionsOptions = {},
): AsyncGenerator<PredictionTable, void, undefined> {
  if (typeof source === 'string') yield* readPredictionShards(source, options);
  else yield source;
}
