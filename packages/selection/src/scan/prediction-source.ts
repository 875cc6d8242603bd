import { readPredictionInfo, readPredictionShards } from '@qualm/datasets';
import type { PredictionSetInfo, PredictionShard, PredictionTable, ReadShardsOptions } from '@qualm/datasets';
import { ClassScoresColumn } from '@qualm/types';

/** Stored predictions: the path of a folder or of one of its files, or predictions in memory. */
export type PredictionSource = string | PredictionTable;

/** What messages call a source. */
export function sourceName(source: PredictionSource): string {
  return typeof source === 'string' ? source : 'predictions in memory';
}

/** @throws QualmError `io` when it cannot be read, `dataset-invalid` when it holds no predictions.
 */
export async function sourceInfo(source: PredictionSource): Promise<PredictionSetInfo> {
  return typeof source === 'string' ? readPredictionInfo(source) : source;
}

/** One shard is in memory at a time.
 * @throws as `sourceInfo`.
 */
export async function* sourceShards(
  source: PredictionSource,
  options: ReadShardsOptions = {},
): AsyncGenerator<PredictionShard, void, undefined> {
  if (typeof source === 'string') yield* readPredictionShards(source, options);
  else yield asShard(source);
}

/** Predictions in memory as one shard. */
export function asShard(table: PredictionTable): PredictionShard {
  const { detections } = table.columns;
  const { boxes, scores, labelIds, offsets, valid, shapes } = detections;
  const numClasses = detections instanceof ClassScoresColumn ? detections.numClasses : 1;
  const arrays = { length: boxes.length / 4, boxes, scores, labelIds, offsets, valid, numClasses, shapes };
  const boxAt = (row: number) =>
    [boxes[4 * row]!, boxes[4 * row + 1]!, boxes[4 * row + 2]!, boxes[4 * row + 3]!] as const;
  return { ...table, boxes: { ...arrays, boxAt, labelIdAt: (place) => labelIds[place]! } };
}
