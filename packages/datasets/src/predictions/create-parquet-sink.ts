import { resolve } from 'node:path';
import {
  assertArray,
  assertChoice,
  assertFunction,
  assertFunctions,
  assertOptions,
  assertText,
  filePlace,
} from '@qualm/types';
import type { PredictionSink } from '@qualm/types';
import { assertShareNumber } from '../shares/image-share.ts';
import type { ImageShare } from '../shares/image-share.ts';
import { newManifest } from './manifest.ts';
import type { ManifestShare } from './manifest.ts';
import { openPredictionFolder } from './open-prediction-folder.ts';
import { fingerprintOf, identityParts } from './run-identity.ts';
import type { RunIdentity } from './run-identity.ts';
import type { PredictionSetInfo } from './shard-metadata.ts';
import type { RetryErrors } from './shard-plan.ts';
import { assertShardWorker, shardWorker } from './shard-thread.ts';
import { shardedSink } from './sharded-sink.ts';

/** Options of `createParquetSink`: form and labels, what the run is, and how it is written. */
export interface ParquetSinkOptions extends Omit<PredictionSetInfo, 'fingerprint'> {
  /** What decides the predictions, and the images: a run is only resumed as itself, and a refusal
   * says what differs.
   */
  readonly identity?: RunIdentity;
  /** In its place, any text that identifies model, form and source. */
  readonly fingerprint?: string;
  /** Images in one file; 256 by default. */
  readonly rowsPerShard?: number;
  /** Go on with what the folder holds; without it a folder that holds anything is refused. */
  readonly resume?: boolean;
  /** Which images with an error are done again by a run that goes on; none by default. */
  readonly retry?: RetryErrors;
  /** Seconds after which images are stored that do not fill a file yet, so that no more is lost by
   * a crash; 10 by default.
   */
  readonly flushSeconds?: number;
  /** Milliseconds of any clock, for `flushSeconds`. */
  readonly now?: () => number;
  /** Called with the name of each file that has taken its place in the folder, and waited for, so
   * that another place can be given the same files in the same order: whatever it has by then is
   * a set that a later run resumes. `createS3Mirror` of `@qualm/remote` is one. */
  readonly mirror?: (name: string) => Promise<void>;
  /** The file of the thread that writes, as a `file:` URL or an absolute path, where a bundler
   * moved the code: what became of `@qualm/datasets/shard-worker`. By default the one of this
   * package. It is no part of the run's identity. */
  readonly worker?: URL | string;
}

/** A sink that stores predictions as Parquet shards `part-00000.parquet`, ... beside a manifest
 * `_qualm.json` with a checksum of each. A shard is there whole or not at all, and the same
 * predictions always give the same bytes, so that a run that was stopped or killed and resumed ends
 * in the files of one that was not. The last shard of a run that stopped holds the images that were
 * done; the run that goes on completes it. Encoding and disk run in a thread of their own.
 * @throws QualmError `io` when the folder holds something else, was begun with another fingerprint,
 * or another process writes to it, or the file of its thread is not there; `dataset-invalid` when
 * its manifest cannot be understood or it holds shards of another run.
 * @example const sink = await createParquetSink('out', { form: 'detections', labels, fingerprint: 'yolox|coco' });
 */
export async function createParquetSink(directory: string, options: ParquetSinkOptions): Promise<PredictionSink> {
  assertSinkOptions(directory, options);
  const {
    identity,
    fingerprint = identity && fingerprintOf(identityParts(identity)),
    rowsPerShard = 256,
    resume = false,
    retry = () => false,
    flushSeconds = 10,
    now = () => performance.now(),
    worker = shardWorker,
    mirror = () => Promise.resolve(),
    ...info
  } = options;
  if (!(Number.isInteger(rowsPerShard) && rowsPerShard > 0)) {
    throw new RangeError(`createParquetSink: rowsPerShard is ${rowsPerShard}; expected a whole number above 0`);
  }
  if (!(flushSeconds >= 0)) {
    throw new RangeError(`createParquetSink: flushSeconds is ${flushSeconds}; expected a number of at least 0`);
  }
  if (fingerprint === undefined) {
    throw new RangeError(
      'createParquetSink: neither identity nor fingerprint; give one, so that no other run is resumed',
    );
  }
  const entry = filePlace('createParquetSink', 'worker', worker);
  assertShardWorker('createParquetSink', entry);
  const folder = resolve(directory);
  const share = identity?.share;
  const wanted = newManifest({
    identity: identity && identityParts(identity),
    info: { ...info, fingerprint },
    share: share && shareEntry(share),
    rowsPerShard,
  });
  const opened = await openPredictionFolder(folder, wanted, { resume, retry, identity: identity ?? null, mirror });
  return shardedSink(folder, opened, {
    ...{ flushAfter: 1000 * flushSeconds, now, worker: entry, share: share ?? null, mirror },
  });
}

function shareEntry({ index, count, list }: ImageShare): ManifestShare {
  return { index, count, images: list?.images ?? null, ids: list?.ids ?? null };
}

function assertSinkOptions(directory: unknown, options: ParquetSinkOptions): void {
  assertText('createParquetSink', 'its folder', directory, "a path, such as 'out'");
  assertOptions('createParquetSink', options, "{ form: 'detections', labels, fingerprint: 'yolox|coco' }");
  const { form, labels, identity, retry = () => false, now = () => 0, shapes = [], mirror } = options;
  assertChoice('createParquetSink', 'form', form, ['detections', 'class_scores']);
  assertArray('createParquetSink', 'labels', labels, "an array, such as await readLabels('labels.txt')");
  assertArray('createParquetSink', 'shapes', shapes, "an array, such as ['mask']");
  for (const kind of shapes) assertChoice('createParquetSink', 'a shape', kind, ['mask', 'keypoints', 'rotated_box']);
  assertFunction('createParquetSink', 'retry', retry, "a function, such as (error) => error.code === 'io'");
  if (mirror !== undefined)
    assertFunction('createParquetSink', 'mirror', mirror, 'a function, such as createS3Mirror(uri, folder).put');
  assertFunction('createParquetSink', 'now', now, 'a function, such as () => performance.now()');
  if (identity !== undefined && identity?.images !== null)
    assertOptions('createParquetSink', identity?.images, 'await readImageStates(source)', 'images of its identity');
  if (identity?.share !== undefined) {
    assertShareNumber('createParquetSink', identity.share);
    assertFunctions('createParquetSink', 'share of its identity', identity.share, ['positions'], 'shareOf(...).share');
  }
}
