import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { createThreadPool } from '@qualm/threads';
import type { ThreadPool } from '@qualm/threads';
import { isAddressSpaceLimited } from './address-space.ts';
import { readShardBytes } from './read-shard-bytes.ts';
import type { ShardBytes } from './read-shard-bytes.ts';

/** A file to read, and memory that may be used for it. */
export interface ReadRequest {
  readonly path: string;
  readonly memory: ArrayBuffer | null;
}

/** Reads shards, and makes their checksums. */
export interface ShardReader {
  /** Where it reads from when this settles. */
  readonly settled: Promise<'caller' | 'thread'>;
  /** As `readShardBytes`. */
  read(request: ReadRequest): Promise<ShardBytes | null>;
  close(): Promise<void>;
}

type ReadPool = ThreadPool<ReadRequest, ShardBytes | null, null>;

/** A reader for a set of so many bytes. For a large set it has a thread of its own, and reads on
 * the caller's until that one is ready; so it does where there is no second core, where address
 * space is limited, or where a bundler left the thread's file behind.
 */
export function createShardReader(bytes: number, entry: URL = ownWorker): ShardReader {
  let pool: ReadPool | null = null;
  const isWorthIt = bytes >= leastBytes && availableParallelism() > 1;
  const isPossible = isWorthIt && existsSync(entry) && !isAddressSpaceLimited();
  const starting = isPossible ? startPool(entry).catch(() => null) : Promise.resolve(null);
  return {
    settled: starting.then((started) => {
      pool = started;
      return pool ? 'thread' : 'caller';
    }),
    async read(request) {
      const { path, memory } = request;
      if (!pool) return readShardBytes(path, memory);
      // A thread that was lost took the memory with it.
      return pool.run(request).catch(() => readShardBytes(path, null));
    },
    async close() {
      await (await starting)?.dispose();
    },
  };
}

/** Below, a thread would hardly be there before all is read. */
const leastBytes = 2 ** 25;

const ownWorker = new URL('../../dist/predictions/read-worker.js', import.meta.url);

function startPool(entry: URL): Promise<ReadPool> {
  return createThreadPool<ReadRequest, ShardBytes | null, null>({
    entry,
    name: 'predictions',
    failureCode: 'io',
    threads: 1,
    pack: ({ path, memory }) => {
      // Memory that was sent to a thread that is lost is gone.
      const own = memory && memory.byteLength > 0 ? memory : null;
      return { value: { path, memory: own }, transfer: own ? [own] : [] };
    },
  });
}
