import { resolve } from 'node:path';
import type { PredictionSink } from '@qualm/types';
import type { PredictionManifest } from './manifest.ts';
import { openPredictionFolder } from './open-prediction-folder.ts';
import { pickSetInfo } from './shard-metadata.ts';
import type { PredictionSetInfo } from './shard-metadata.ts';
import type { RetryErrors } from './shard-plan.ts';
import { shardedSink } from './sharded-sink.ts';

/** Options of `createParquetSink`: form and labels, any text that identifies model, form and source (a run is only resumed
 * under the same one), and how it is written. */
export interface ParquetSinkOptions extends PredictionSetInfo {
  /** Images in one file; 256 by default. */
  readonly rowsPerShard?: number;
  /** Go on with what the folder holds; without it a folder that holds anything is refused. */
  readonly resume?: boolean;
  /** Which images with an error are done again by a run that goes on; none by default. */
  readonly retry?: RetryErrors;
  /** Seconds after which images are stored that do not fill a file yet, so that no more is lost by a crash; 10 by default. */
  readonly flushSeconds?: number;
  /** Milliseconds of any clock, for `flushSeconds`. */
  readonly now?: () => number;
}

/** A sink that stores predictions as Parquet shards `part-00000.parquet`, ... beside a manifest `_qualm.json` with a checksum
 * of each. A shard is there whole or not at all, and the same predictions always give the same bytes, so that a run that
 * was stopped or killed and resumed ends in the files of one that was not. The last shard of a run that stopped holds the
 * images that were done; the run that goes on completes it. Encoding and disk run in a thread of their own.
 * @throws QualmError `io` when the folder holds something else, was begun with another fingerprint, or another
 * process writes to it; `dataset-invalid` when its manifest cannot be understood or it holds shards of another run.
 * @example const sink = await createParquetSink('out', { form: 'detections', labels, fingerprint: 'yolox|coco' });
 */
export async function createParquetSink(
  directory: string,
  {
    rowsPerShard = 256,
    resume = false,
    retry = () => false,
    flushSeconds = 10,
    now = () => performance.now(),
    ...info
  }: ParquetSinkOptions,
): Promise<PredictionSink> {
  if (!(Number.isInteger(rowsPerShard) && rowsPerShard > 0)) {
    throw new RangeError(`createParquetSink: rowsPerShard is ${rowsPerShard}; wanted a whole number above 0`);
  }
  if (!(flushSeconds >= 0)) {
    throw new RangeError(`createParquetSink: flushSeconds is ${flushSeconds}; wanted a number of at least 0`);
  }
  const folder = resolve(directory);
  const wanted: PredictionManifest = {
    version: 1,
    ...pickSetInfo(info),
    rowsPerShard,
    imageIdType: null,
    rows: null,
    shards: [],
  };
  const opened = await openPredictionFolder(folder, wanted, { resume, retry });
  return shardedSink(folder, opened, { flushAfter: 1000 * flushSeconds, now });
}
