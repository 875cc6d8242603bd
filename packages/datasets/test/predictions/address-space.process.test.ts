import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const built = new URL('../../dist/predictions/shard-reader.js', import.meta.url).href;
const program = `
  const { createShardReader } = await import('${built}');
  const reader = createShardReader(2 ** 26);
  console.log(await reader.settled);
  await reader.close();`;
const threaded = availableParallelism() > 1 ? 'thread' : 'caller';

it.skipIf(process.platform !== 'linux').each([
  ['unlimited', threaded],
  ['16000000', 'caller'],
])('under ulimit -v %s shards are read on the %s', async (limit, place) => {
  const node = [process.execPath, '--input-type=module', '-e', program];
  const { stdout } = await run('sh', ['-c', 'ulimit -v "$0" && exec "$@"', limit, ...node]);
  expect(stdout.trim()).toBe(place);
});
