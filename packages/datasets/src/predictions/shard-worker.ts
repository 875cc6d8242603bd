import { parentPort, workerData } from 'node:worker_threads';
import { QualmError } from '@qualm/types';
import { writeFileDurably } from '../files/write-file-durably.ts';
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
  if (failure) return { id: request.id, error: failure };
  try {
    if (request.kind === 'rows') encoder.add(request.batch);
    else await store(request.path);
    return { id: request.id, error: null };
  } catch (error) {
    failure = asValue(error);
    return { id: request.id, error: failure };
  }
}

async function store(path: string): Promise<void> {
  const bytes = encoder.finish();
  encoder = createShardEncoder(options);
  await writeFileDurably(path, bytes);
}

function asValue(error: unknown): NonNullable<ShardReply['error']> {
  const message = error instanceof Error ? error.message : String(error);
  return { code: QualmError.is(error) ? error.code : 'io', message };
}
