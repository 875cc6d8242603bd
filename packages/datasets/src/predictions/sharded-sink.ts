import { counted, QualmError } from '@qualm/types';
import type { Prediction, PredictionSink } from '@qualm/types';
import type { ImageShare } from '../shares/image-share.ts';
import { listOfShare } from '../shares/list-of-share.ts';
import { positionsName, writePositions } from '../shares/positions-file.ts';
import { createImageIdCheck } from './image-id-type.ts';
import type { FolderMirror, PredictionFolder } from './open-prediction-folder.ts';
import { createPredictionBatchBuilder } from './prediction-batch.ts';
import type { ImageIdType } from './prediction-schema.ts';
import { isKept } from './shard-plan.ts';
import { createShardStore } from './shard-store.ts';
import { startShardThread } from './shard-thread.ts';
import type { ShardThread } from './shard-thread.ts';
import { storedRows } from './stored-rows.ts';

/** How shards are written. */
export interface ShardWriting {
  /** Milliseconds after which a shard is stored that is not full yet. */
  readonly flushAfter: number;
  readonly now: () => number;
  /** The file of the writing thread. */
  readonly worker: URL | string;
  /** Which share the rows are; null of a whole run. */
  readonly share: ImageShare | null;
  readonly mirror?: FolderMirror;
}

/** Bytes of boxes and scores that make a row group, so that memory stays flat however long the
 * vectors of scores are.
 */
const rowGroupBytes = 8 << 20;
/** Requests to the writing thread that may be under way before `write` waits. */
const maxInFlight = 4;

/** The sink of an opened folder. Shards are encoded one after the other; rows that the folder holds
 * already are put back between those that come, in the shards that are written again.
 */
export function shardedSink(
  folder: string,
  { manifest: begun, plans, ids, unlock }: PredictionFolder,
  { flushAfter, now, worker, share, mirror = () => Promise.resolve() }: ShardWriting,
): PredictionSink {
  const { form, rowsPerShard, shapes } = begun;
  const complete = begun.rows !== null;
  const builder = createPredictionBatchBuilder(form, shapes);
  const store = createShardStore(folder, begun, mirror);
  const inFlight = new Set<Promise<void>>();
  let thread: ShardThread | null = null;
  let checkImageId = createImageIdCheck(begun.imageIdType);
  let stored = plans.reduce((sum, { entry, redo }) => sum + (entry?.rows ?? 0) - redo.size, 0);
  let failure: unknown = null;
  let state: 'open' | 'closed' = 'open';
  let shard = 0;
  let rows = 0;
  let failed = 0;
  /** Rows of this shard that came from the caller and are not stored yet. */
  let fresh = 0;
  let kept: readonly Prediction[] | null = null;
  let flushing: Promise<void> = Promise.resolve();
  let flushed = now();

  function track(work: Promise<void>): Promise<void> {
    const tracked = work.catch((error: unknown) => void (failure ??= error)).finally(() => inFlight.delete(tracked));
    inFlight.add(tracked);
    return tracked;
  }

  async function start(imageIdType: ImageIdType): Promise<ShardThread> {
    await store.setImageIdType(imageIdType);
    checkImageId = createImageIdCheck(imageIdType);
    return startShardThread({ ...begun, imageIdType }, worker);
  }

  async function running(firstId?: string | number): Promise<ShardThread> {
    thread ??= await start(firstId === undefined ? (begun.imageIdType ?? 'string') : checkImageId(firstId));
    return thread;
  }

  async function add(row: Prediction): Promise<void> {
    const encoder = await running(row.image_id);
    checkImageId(row.image_id);
    builder.add(row);
    rows++;
    if (row.error) failed++;
    if (rows === rowsPerShard) await finishShard(encoder);
    else if (builder.bytes >= rowGroupBytes) void track(encoder.rows(builder.take()));
  }

  async function finishShard(encoder: ShardThread): Promise<void> {
    await flushing;
    if (builder.rows > 0) void track(encoder.rows(builder.take()));
    void put(encoder.finish(store.pathOf(shard)));
    shard++;
    rows = failed = 0;
    kept = null;
  }

  function put(written: ReturnType<ShardThread['finish']>): Promise<void> {
    const count = fresh;
    fresh = 0;
    flushed = now();
    return track(store.put(shard, written, { rows, failed }).then(() => void (stored += count)));
  }

  /** Puts stored rows back as far as they go: up to the next row that the caller has to bring. */
  async function takeKept(): Promise<void> {
    for (let plan = plans[shard]; plan; plan = plans[shard]) {
      if (rows === 0 && plan.settled) {
        shard++;
        continue;
      }
      if (!isKept(plan, rows)) return;
      kept ??= await storedRows(store.pathOf(shard), begun);
      await add(kept[rows]!);
    }
  }

  /** Never stores fewer rows of a shard than its file has. */
  function flush(encoder: ShardThread): void {
    if (fresh === 0 || rows <= (plans[shard]?.entry?.rows ?? 0)) return;
    flushing = put(encoder.flush(store.pathOf(shard), builder.copy()));
  }

  function assertUsable(): void {
    if (failure) throw failure;
    if (state === 'closed') throw new QualmError('io', `predictions: the sink of "${folder}" is closed`);
  }

  async function settle(): Promise<void> {
    while (inFlight.size > 0) await Promise.all(inFlight);
  }

  async function letGo(): Promise<void> {
    state = 'closed';
    await thread?.stop();
    await unlock();
  }

  async function finish(): Promise<void> {
    await takeKept();
    if (rows > 0 || shard === 0) await finishShard(await running());
    await settle();
    if (failure) throw failure;
    await completeSet();
  }

  /** A set is complete when it says what the whole list is, and where each image stands in it. */
  async function completeSet(): Promise<void> {
    if (!share) return store.complete();
    const list = listOfShare(folder, share, store.manifest);
    await writePositions(folder, share);
    await mirror(positionsName);
    await store.complete(list);
  }

  return {
    get stored() {
      return stored;
    },
    isStored(index) {
      const plan = plans[Math.floor(index / rowsPerShard)];
      return plan !== undefined && isKept(plan, index % rowsPerShard);
    },
    storedId: (index) => ids[Math.floor(index / rowsPerShard)]?.[index % rowsPerShard],
    async write(row) {
      assertUsable();
      if (complete) throw completeError(folder, stored);
      await takeKept();
      fresh++;
      await add(row).catch((error: unknown) => {
        fresh--;
        throw error;
      });
      if (now() - flushed >= flushAfter) {
        await flushing;
        flush(await running());
      }
      while (inFlight.size > maxInFlight) await Promise.race(inFlight);
      if (failure) throw failure;
    },
    async close() {
      if (state === 'closed') return;
      try {
        if (failure) throw failure;
        if (!complete) await finish();
        else if (share) await completeSet();
      } finally {
        await letGo();
      }
    },
    async abort() {
      if (state === 'closed') return;
      await settle();
      if (thread && !failure) flush(thread);
      await settle();
      await letGo();
    },
  };
}

function completeError(folder: string, rows: number): QualmError {
  return new QualmError(
    'io',
    `predictions: "${folder}" is complete with ${counted(rows, 'row')}; choose another folder for more`,
  );
}
