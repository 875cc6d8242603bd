import { serveThread } from '@qualm/threads';
import { readShardBytes } from './read-shard-bytes.ts';
import type { ShardBytes } from './read-shard-bytes.ts';
import type { ReadRequest } from './shard-reader.ts';

await serveThread<undefined, ReadRequest, ShardBytes | null, null>(() =>
  Promise.resolve({
    info: null,
    async answer({ path, memory }) {
      const value = await readShardBytes(path, memory);
      return { value, ...(value && { transfer: [value.bytes.buffer] }) };
    },
  }),
);
