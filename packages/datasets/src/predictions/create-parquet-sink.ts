import { join, resolve } from 'node:path';
import { QualmError } from '@qualm/types';
import type { HeadForm, Label, Prediction, PredictionSink } from '@qualm/types';
import { openPredictionFolder } from './open-prediction-folder.ts';
import { createImageIdCheck } from './image-id-type.ts';
import { writeManifest } from './manifest.ts';
import type { PredictionManifest } from './manifest.ts';
import { createPredictionBatchBuilder } from './prediction-batch.ts';
import type { ImageIdType } from './prediction-schema.ts';
import { shardName } from './shard-name.ts';
import { startShardThread } from './shard-thread.ts';
import type { ShardThread } from './shard-thread.ts';

/** Options of `createParquetSink`. */
export interface ParquetSinkOptions {
  readonly form: HeadForm;
  /** Names of label ids; in `detections` each row carries its name too. */
  readonly labels: readonly Label[];
  /** Any text that identifies model, form and source: a run is only resumed under the same one. */
  readonly fingerprint: string;
  /** Images in one file; 256 by default. What is not yet in a whole file is done again after a crash. */
  readonly rowsPerShard?: number;
  /** Go on with what the folder holds; without it a folder that holds anything is refused. */
  readonly resume?: boolean;
}

/** Bytes of boxes and scores that make a row group, so that memory stays flat however long the vectors of scores are. */
const rowGroupBytes = 8 << 20;
/** Requests to the writing thread that may be under way before `write` waits. */
const maxInFlight = 4;

/** A sink that stores predictions as Parquet shards `part-00000.parquet`, ... beside a manifest `_qualm.json`.
 * A shard is there whole or not at all, and the same predictions always give the same bytes, so that a run that was
 * killed and resumed ends in the files of one that was not. Encoding and disk run in a thread of their own.
 * @throws QualmError `io` when the folder holds something else, was begun with another fingerprint, or another
 * process writes to it.
 * @example const sink = await createParquetSink('out', { form: 'detections', labels, fingerprint: 'yolox|coco' });
 */
export async function createParquetSink(
  directory: string,
  { form, labels, fingerprint, rowsPerShard = 256, resume = false }: ParquetSinkOptions,
): Promise<PredictionSink> {
  if (!(Number.isInteger(rowsPerShard) && rowsPerShard > 0)) {
    throw new RangeError(`createParquetSink: rowsPerShard is ${rowsPerShard}; wanted a whole number above 0`);
  }
  const folder = resolve(directory);
  const wanted: PredictionManifest = {
    version: 1,
    form,
    fingerprint,
    labels,
    rowsPerShard,
    imageIdType: null,
    rows: null,
  };
  const opened = await openPredictionFolder(folder, wanted, resume);
  return shardedSink(folder, opened.manifest, opened);
}

function shardedSink(
  folder: string,
  begun: PredictionManifest,
  { shards, rows, unlock }: { shards: number; rows: number; unlock: () => Promise<void> },
): PredictionSink {
  const { form, labels, fingerprint, rowsPerShard } = begun;
  const complete = begun.rows !== null;
  const builder = createPredictionBatchBuilder(form);
  const inFlight = new Set<Promise<void>>();
  let manifest = begun;
  let thread: ShardThread | null = null;
  let stored = rows;
  let nextShard = shards;
  let rowsInShard = 0;
  let failure: unknown = null;
  let state: 'open' | 'closed' = 'open';
  let checkImageId = createImageIdCheck(manifest.imageIdType);

  function track(work: Promise<void>): void {
    const tracked = work.catch((error: unknown) => void (failure ??= error)).finally(() => inFlight.delete(tracked));
    inFlight.add(tracked);
  }

  async function start(imageIdType: ImageIdType): Promise<ShardThread> {
    if (manifest.imageIdType !== imageIdType) {
      manifest = { ...manifest, imageIdType };
      await writeManifest(folder, manifest);
    }
    checkImageId = createImageIdCheck(imageIdType);
    return startShardThread({ form, labels, fingerprint, imageIdType });
  }

  function storeShard(running: ShardThread): void {
    const size = rowsInShard;
    track(running.rows(builder.take()));
    track(running.store(join(folder, shardName(nextShard++))).then(() => void (stored += size)));
    rowsInShard = 0;
  }

  function assertUsable(): void {
    if (failure) throw failure;
    if (state === 'closed') throw new QualmError('io', `predictions: the sink of "${folder}" is closed`);
  }

  async function letGo(): Promise<void> {
    state = 'closed';
    await thread?.stop();
    await unlock();
  }

  return {
    get stored() {
      return stored;
    },
    async write(row: Prediction) {
      assertUsable();
      if (complete) throw completeError(folder, rows);
      thread ??= await start(checkImageId(row.image_id));
      checkImageId(row.image_id);
      builder.add(row);
      rowsInShard++;
      if (rowsInShard === rowsPerShard) storeShard(thread);
      else if (builder.bytes >= rowGroupBytes) track(thread.rows(builder.take()));
      while (inFlight.size > maxInFlight) await Promise.race(inFlight);
      if (failure) throw failure;
    },
    async close() {
      if (state === 'closed') return;
      try {
        if (failure) throw failure;
        if (!complete) await finish();
      } finally {
        await letGo();
      }
    },
    async abort() {
      if (state === 'closed') return;
      await Promise.all(inFlight);
      await letGo();
    },
  };

  async function finish(): Promise<void> {
    if (rowsInShard > 0 || nextShard === 0) {
      thread ??= await start(manifest.imageIdType ?? 'string');
      storeShard(thread);
    }
    await Promise.all(inFlight);
    if (failure) throw failure;
    await writeManifest(folder, { ...manifest, rows: stored });
  }
}

function completeError(folder: string, rows: number): QualmError {
  return new QualmError('io', `predictions: "${folder}" is complete with ${rows} rows; choose another folder for more`);
}
