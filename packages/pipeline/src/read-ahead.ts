import { setMaxListeners } from 'node:events';
import { isRemoteUri, maskUri, QualmError } from '@qualm/types';
import type { OpenUri } from '@qualm/types';
import { createByteBudget } from './byte-budget.ts';
import type { ByteClaim } from './byte-budget.ts';
import type { IndexedRecord } from './image-records.ts';
import { mapConcurrently } from './map-concurrently.ts';
import { toRowError } from './row-error.ts';

/** How far ahead of the model images are opened. */
export interface ReadAheadOptions {
  readonly open: OpenUri;
  /** Images that are being opened at the same time. */
  readonly requests: number;
  /** Bytes of opened images that are held at the same time. */
  readonly bytes: number;
  readonly batchSize: number;
  readonly order: 'input' | 'completed';
}

/** Images whose bytes are here, as long as they are not released. */
export interface HeldBatch {
  readonly items: readonly IndexedRecord[];
  readonly release: () => void;
}

/** Batches that are opened ahead. */
export interface AheadBatches extends AsyncIterable<HeldBatch> {
  /** Stops what is under way, and waits for its end. */
  stop(): Promise<void>;
}

/** Batches with what is behind the remote URIs of their images, many of them on their way at the
 * same time, so that storage that takes long to answer does not keep a model waiting. What cannot
 * be opened becomes an error of its record.
 */
export function readAhead(
  batches: AsyncIterable<readonly IndexedRecord[]>,
  { open, requests, bytes, batchSize, order }: ReadAheadOptions,
): AheadBatches {
  const stopped = new AbortController();
  setMaxListeners(0, stopped.signal);
  const budget = createByteBudget(bytes);
  const concurrency = Math.ceil(requests / batchSize);

  async function hold(items: readonly IndexedRecord[], signal: AbortSignal): Promise<HeldBatch> {
    const claim = budget.claim();
    try {
      const opened = await Promise.all(items.map((item) => openItem(item, open, claim, signal)));
      return { items: opened, release: () => claim.release() };
    } catch (error) {
      claim.release();
      throw error;
    }
  }

  let ended: Promise<void> = Promise.resolve();
  return {
    async *[Symbol.asyncIterator]() {
      let end: () => void = () => {};
      ended = new Promise((resolve) => (end = resolve));
      try {
        yield* mapConcurrently(batches, hold, {
          ...{ concurrency, window: 2 * concurrency, order, signal: stopped.signal },
        });
      } finally {
        end();
      }
    },
    async stop() {
      stopped.abort();
      await ended;
    },
  };
}

async function openItem(
  item: IndexedRecord,
  open: OpenUri,
  claim: ByteClaim,
  signal: AbortSignal,
): Promise<IndexedRecord> {
  const { image, error } = item.record;
  const { uri } = image;
  if (error || uri === null || !isRemoteUri(uri)) return item;
  let held = 0;
  /** Of another attempt it is the same room again. */
  const room = async (bytes: number): Promise<void> => {
    const more = bytes - held;
    if (!(more > 0)) return;
    held = bytes;
    await claim.add(more, signal);
  };
  try {
    const bytes = await open(uri, signal, room);
    await room(bytes.length);
    return { ...item, bytes };
  } catch (cause) {
    signal.throwIfAborted();
    return { ...item, record: { ...item.record, error: toRowError(ours(uri, cause), 'io') } };
  }
}

function ours(uri: string, cause: unknown): unknown {
  if (QualmError.is(cause)) return cause;
  return new QualmError('io', `open: "${maskUri(uri)}" could not be read: ${String(cause)}`, { cause });
}

/** Batches of which nothing is opened ahead. */
export async function* unopened(
  batches: AsyncIterable<readonly IndexedRecord[]>,
): AsyncGenerator<HeldBatch, void, undefined> {
  for await (const items of batches) yield { items, release: () => undefined };
}
