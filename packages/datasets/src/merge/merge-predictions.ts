import { resolve } from 'node:path';
import { assertArray, assertFunction, assertOptions, assertText, filePlace, QualmError } from '@qualm/types';
import { createIdsHash } from '../images/fingerprint-ids.ts';
import { newManifest, writeManifest } from '../predictions/manifest.ts';
import { fingerprintOf, undividedIdentity } from '../predictions/run-identity.ts';
import { assertShardWorker, shardWorker } from '../predictions/shard-thread.ts';
import { shardedSink } from '../predictions/sharded-sink.ts';
import { assertAllShares } from './assert-all-shares.ts';
import { assertOneList } from './assert-one-list.ts';
import { assertOneRun } from './assert-one-run.ts';
import { inListOrder } from './in-list-order.ts';
import { mergeImageStates } from './merge-image-states.ts';
import { openShareFolder } from './share-folder.ts';
import type { ShareFolder } from './share-folder.ts';
import { shareRows } from './share-rows.ts';
import { writeSetWhole } from './write-set-whole.ts';

/** How far a merge is: images that are written, and those with an error among them. */
export interface MergeProgress {
  readonly done: number;
  readonly failed: number;
  readonly total: number;
}

/** Options of `mergePredictions`. */
export interface MergeOptions {
  readonly signal?: AbortSignal;
  /** Told each thousand images, and at the end. */
  readonly onProgress?: (progress: MergeProgress) => void;
  /** Told of a shard that another tool rewrote. */
  readonly onWarning?: (message: string) => void;
  /** The file of the writing thread, as of `createParquetSink`. */
  readonly worker?: URL | string;
}

/** What a merge came to. */
export interface MergeCounts {
  readonly images: number;
  /** Images with an error. */
  readonly failed: number;
  readonly shares: number;
}

/** Puts the shares of a run together: what is written is, byte for byte, what the run over all
 * images would have written. Each image of the list is proved to be there exactly once: each
 * share knows the fingerprint of the ids of all images in order, and the ids of the rows that are
 * written have to make it. The folder is there whole or not at all, whenever the process ends. Of
 * each share one file is in memory, however many images there are.
 * @param folders in any order.
 * @param out a folder that is not there yet, or empty.
 * @throws QualmError `incomplete` when shares are missing, doubled or not finished;
 * `dataset-invalid` when they are of other models, options or lists of images, or a file of theirs
 * is damaged; `io` when one is being written, or `out` is there already; `aborted` by the signal.
 * @example await mergePredictions(['shares/1', 'shares/2'], 'all') // { images: 99, failed: 2, shares: 2 }
 */
export async function mergePredictions(
  folders: readonly string[],
  out: string,
  options: MergeOptions = {},
): Promise<MergeCounts> {
  assertMergeArguments(folders, out, options);
  const worker = filePlace('mergePredictions', 'worker', options.worker ?? shardWorker);
  assertShardWorker('mergePredictions', worker);
  if (folders.some((folder) => resolve(folder) === resolve(out)))
    throw new QualmError('io', `merge: "${out}" is one of the shares; choose another folder for the whole`);
  const shares = await openShares(folders);
  return writeSetWhole(out, (folder) => mergeInto(folder, shares, { ...options, worker })).catch((error: unknown) => {
    throw options.signal?.aborted ? aborted(options.signal) : error;
  });
}

async function openShares(folders: readonly string[]): Promise<readonly ShareFolder[]> {
  const shares: ShareFolder[] = [];
  for (const folder of folders) shares.push(await openShareFolder(folder));
  assertOneRun(shares);
  await assertAllShares(shares);
  await assertOneList(shares);
  return shares;
}

async function mergeInto(
  folder: string,
  shares: readonly ShareFolder[],
  { signal, onProgress, onWarning, worker }: MergeOptions & { readonly worker: URL | string },
): Promise<MergeCounts> {
  const [{ manifest: like, share: whole, identity: parts }] = shares as [ShareFolder, ...ShareFolder[]];
  const isStream = parts['images told by'] === 'ids of a stream';
  const states = isStream ? parts['images']! : await mergeImageStates(shares, folder, signal);
  const identity = undividedIdentity(parts, states);
  const info = { ...like, fingerprint: fingerprintOf(identity) };
  const manifest = newManifest({ identity, info, rowsPerShard: like.rowsPerShard });
  await writeManifest(folder, manifest);
  const opened = { manifest, plans: [], ids: [], unlock: () => Promise.resolve() };
  const writing = { flushAfter: Infinity, now: () => 0, worker, share: null };
  const sink = shardedSink(folder, opened, writing);
  const ids = createIdsHash();
  const total = whole.images!;
  let images = 0;
  let failed = 0;
  try {
    for await (const { thing: row } of inListOrder(shares, (share) => shareRows(share, onWarning))) {
      signal?.throwIfAborted();
      ids.add(String(row.image_id));
      await sink.write(row);
      images++;
      if (row.error) failed++;
      if (images % progressEvery === 0) onProgress?.({ done: images, failed, total });
    }
    if (images !== total || ids.digest() !== whole.ids) throw otherImages(images, total);
    await sink.close();
  } catch (error) {
    await sink.abort();
    throw error;
  }
  onProgress?.({ done: images, failed, total });
  return { images, failed, shares: shares.length };
}

const progressEvery = 1000;

function otherImages(images: number, total: number): QualmError {
  return new QualmError(
    'dataset-invalid',
    `merge: the ${images} images of the shares are not the ${total} of the list in their order: their ids differ; ` +
      'a share was changed after it was written; predict it again',
  );
}

function aborted(signal: AbortSignal): QualmError {
  return new QualmError('aborted', 'merge: stopped by the signal; nothing was written', { cause: signal.reason });
}

function assertMergeArguments(folders: readonly string[], out: string, options: MergeOptions): void {
  assertArray('mergePredictions', 'its folders', folders, "an array, such as ['shares/1', 'shares/2']");
  for (const folder of folders) assertText('mergePredictions', 'a folder', folder, "a path, such as 'shares/1'");
  if (folders.length === 0) throw new RangeError('mergePredictions: there are no folders; give those of all shares');
  assertText('mergePredictions', 'its target', out, "a path, such as 'predictions'");
  assertOptions('mergePredictions', options, '{ signal }');
  const { onProgress = () => undefined, onWarning = () => undefined } = options;
  assertFunction('mergePredictions', 'onProgress', onProgress, 'a function, such as ({ done }) => console.log(done)');
  assertFunction('mergePredictions', 'onWarning', onWarning, 'a function, such as console.warn');
}
