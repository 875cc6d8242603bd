import { parentPort, workerData } from 'node:worker_threads';
import { QualmError } from '@qualm/types';
import { digestOf } from '../files/file-digest.ts';
import type { FileDigest } from '../files/file-digest.ts';
import { prepareFile } from '../files/write-file-durably.ts';
import { createShardEncoder } from './shard-encoder.ts';
import type { ShardOptions } from './shard-encoder.ts';
import type { ShardReply, ShardRequest } from './shard-protocol.ts';

const options = workerData as ShardOptions;
let encoder = createShardEncoder(options);
let queue = Promise.resolve();
let failure: ShardReply['error'] = null;

parentPort!.on('message', (request: ShardRequest) => {
  queue = queue.then(() => handle(request)).then((reply) => parentPort!.postMessage(reply));
});

/** After a failure nothing more is stored: a later shard would stand behind a gap. */
async function handle(request: ShardRequest): Promise<ShardReply> {
  const { id } = request;
  if (failure) return { id, error: failure, digest: null };
  try {
    return { id, error: null, digest: await work(request) };
  } catch (error) {
    failure = asValue(error);
    return { id, error: failure, digest: null };
  }
}

async function work(request: ShardRequest): Promise<FileDigest | null> {
  if (request.kind === 'rows') {
    encoder.add(request.batch);
    return null;
  }
  if (request.kind === 'flush') {
    const copy = encoder.fork();
    if (request.batch.rows > 0) copy.add(request.batch);
    return write(request.path, copy.finish());
  }
  const bytes = encoder.finish();
  encoder = createShardEncoder(options);
  return write(request.path, bytes);
}

async function write(path: string, bytes: Uint8Array): Promise<FileDigest> {
  await prepareFile(path, bytes);
  return digestOf(bytes);
}

function asValue(error: unknown): NonNullable<ShardReply['error']> {
  const message = error instanceof Error ? error.message : String(error);
  return { code: QualmError.is(error) ? error.code : 'io', message };
}
