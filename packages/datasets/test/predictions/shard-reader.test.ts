import { rm, truncate, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32 } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { createShardReader } from '../../src/predictions/shard-reader.ts';
import type { ShardReader } from '../../src/predictions/shard-reader.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const large = 2 ** 26;
const content = Uint8Array.from({ length: 5000 }, (_, at) => (at * 7) % 251);
const check = crc32(content).toString(16).padStart(8, '0');
let path: string;

beforeEach(async () => {
  path = join(await temporaryFolder(), 'shard');
  await writeFile(path, content);
});

const threaded = availableParallelism() > 1 ? 'thread' : 'caller';

describe.each([
  ['on the thread that calls', 0, 'caller'],
  ['in a thread', large, threaded],
])('a shard reader %s', (_, bytes, place) => {
  const using = async (use: (reader: ShardReader) => Promise<void>): Promise<void> => {
    const reader = createShardReader(bytes);
    try {
      expect(await reader.settled).toBe(place);
      await use(reader);
    } finally {
      await reader.close();
    }
  };

  it('reads a file whole, with its CRC-32', () =>
    using(async (reader) => {
      expect(await reader.read({ path, memory: null })).toEqual({ bytes: content, crc32: check });
    }));

  it('uses the memory that it is given where that is large enough', () =>
    using(async (reader) => {
      const [roomy, tight] = [new ArrayBuffer(8000), new ArrayBuffer(4999)];
      const first = await reader.read({ path, memory: roomy });
      expect([first!.bytes, first!.bytes.buffer.byteLength]).toEqual([content, 8000]);
      const second = await reader.read({ path, memory: tight });
      expect(second!.bytes).toEqual(content);
      expect(second!.bytes.buffer.byteLength).toBeGreaterThanOrEqual(5000);
      const third = await reader.read({ path, memory: first!.bytes.buffer });
      expect([third!.bytes, third!.bytes.buffer.byteLength]).toEqual([content, 8000]);
    }));

  it('gives null for a file that is absent, a folder, or larger than 128 MiB', () =>
    using(async (reader) => {
      const folder = await temporaryFolder();
      const huge = join(folder, 'huge');
      await writeFile(huge, '');
      await truncate(huge, 2 ** 27 + 1);
      for (const place of [join(folder, 'absent'), folder, huge])
        expect(await reader.read({ path: place, memory: new ArrayBuffer(10) })).toBeNull();
      await rm(huge);
    }));

  it('answers each of many requests at once', () =>
    using(async (reader) => {
      const read = Array.from({ length: 20 }, () => reader.read({ path, memory: new ArrayBuffer(6000) }));
      for (const answer of await Promise.all(read)) expect(answer).toEqual({ bytes: content, crc32: check });
    }));
});

describe('a shard reader reads on the thread that calls', () => {
  const threadOf = async (code: string): Promise<URL> => {
    const file = join(await temporaryFolder(), 'thread.mjs');
    await writeFile(file, code);
    return pathToFileURL(file);
  };
  const readAll = async (reader: ShardReader): Promise<void> => {
    const read = Array.from({ length: 5 }, () => reader.read({ path, memory: new ArrayBuffer(6000) }));
    for (const answer of await Promise.all(read)) expect(answer).toEqual({ bytes: content, crc32: check });
    await reader.close();
  };

  it('where the file of its thread is not there', async () => {
    const reader = createShardReader(large, pathToFileURL('/absent/read-worker.js'));
    expect(await reader.settled).toBe('caller');
    await readAll(reader);
  });

  it('where its thread cannot be started', async () => {
    const reader = createShardReader(large, await threadOf('throw new Error("no");'));
    expect(await reader.settled).toBe('caller');
    await readAll(reader);
  });

  it('until its thread is ready', () => readAll(createShardReader(large)));

  it('what its thread was at when it ended', async () => {
    const threads = new URL('../../../threads/dist/index.js', import.meta.url).href;
    const dying = `import { serveThread } from ${JSON.stringify(threads)};
      await serveThread(async () => ({ info: null, answer: async () => process.exit(1) }));`;
    const reader = createShardReader(large, await threadOf(dying));
    expect(await reader.settled).toBe(threaded);
    await readAll(reader);
  });
});
