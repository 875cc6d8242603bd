import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { fileLeftBehind, QualmError } from '@qualm/types';
import type { FileDigest } from '../files/file-digest.ts';
import { batchTransferables } from './prediction-batch.ts';
import type { PredictionBatch } from './prediction-batch.ts';
import type { ShardOptions } from './shard-encoder.ts';
import type { ShardReply, ShardRequest } from './shard-protocol.ts';

/** A thread that encodes and stores shards, so that the caller's event loop does neither. */
export interface ShardThread {
  /** Encodes rows into the current shard; the batch's memory moves to the thread. */
  rows(batch: PredictionBatch): Promise<void>;
  /** Writes the current shard, under its temporary name, and begins the next.
   * @throws QualmError `io`. */
  finish(path: string): Promise<FileDigest>;
  /** Writes what the current shard has so far, and these rows; it goes on without them. */
  flush(path: string, batch: PredictionBatch): Promise<FileDigest>;
  stop(): Promise<void>;
}

interface Waiting {
  readonly resolve: (digest: FileDigest | null) => void;
  readonly reject: (error: QualmError) => void;
}

/** Where the file of the thread is unless an option names another place. */
export const shardWorker: URL = new URL('../../dist/predictions/shard-worker.js', import.meta.url);

/** @throws QualmError `io` unless there is a file. */
export function assertShardWorker(where: string, place: URL | string): void {
  if (existsSync(place)) return;
  const advice = 'name its place with the option `worker`';
  throw fileLeftBehind('io', { where, file: 'the file of its writing thread', place, advice });
}

export function startShardThread(options: ShardOptions, entry: URL | string): ShardThread {
  const worker = new Worker(entry, {
    workerData: options,
    // A parent that reads TypeScript sources must not make the compiled worker look for them.
    execArgv: [],
  });
  const waiting = new Map<number, Waiting>();
  let nextId = 0;
  let stopped: QualmError | null = null;
  /** An answer that comes meanwhile must not let the process end before the thread has. */
  let isStopping = false;
  worker.unref();
  worker.on('message', ({ id, error, digest }: ShardReply) => {
    const { resolve, reject } = waiting.get(id)!;
    waiting.delete(id);
    if (waiting.size === 0 && !isStopping) worker.unref();
    if (error) reject(new QualmError(error.code, error.message));
    else resolve(digest);
  });
  worker.on('error', (cause) => {
    fail(new QualmError('io', `predictions: the writing thread stopped (${cause.message}); resume the run`, { cause }));
  });
  worker.on('exit', () => {
    fail(new QualmError('io', 'predictions: the writing thread stopped; resume the run'));
  });

  function fail(error: QualmError): void {
    stopped ??= error;
    for (const { reject } of waiting.values()) reject(stopped);
    waiting.clear();
  }

  function ask(request: ShardRequest, transfer: ArrayBuffer[] = []): Promise<FileDigest | null> {
    if (stopped) return Promise.reject(stopped);
    return new Promise((resolve, reject) => {
      waiting.set(request.id, { resolve, reject });
      worker.ref();
      worker.postMessage(request, transfer);
    });
  }

  return {
    async rows(batch) {
      await ask({ id: nextId++, kind: 'rows', batch }, batchTransferables(batch));
    },
    finish: async (path) => (await ask({ id: nextId++, kind: 'shard', path }))!,
    flush: async (path, batch) => (await ask({ id: nextId++, kind: 'flush', path, batch }, batchTransferables(batch)))!,
    async stop() {
      isStopping = true;
      worker.ref();
      await worker.terminate();
    },
  };
}
