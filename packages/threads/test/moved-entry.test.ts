import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createThreadPool } from '../src/create-thread-pool.ts';

const missing = new URL('./not-here/worker.js', import.meta.url);
const numbers = new URL('./numbers.mjs', import.meta.url);

it.each([missing, missing.href, fileURLToPath(missing)])(
  'a thread whose file %s a bundler left behind says so, and what to do',
  async (entry) => {
    const entryAdvice = 'name its place with { worker }';
    const start = { entry, entryAdvice, name: 'onnx "a.onnx"', threads: 1 };
    await expect(createThreadPool(start)).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringMatching(
        /^onnx "a\.onnx": the file of its worker thread is not at ".*not-here\/worker\.js"; .*name its place with \{ worker \}, or leave .*; see docs\/install\.md$/,
      ) as string,
    });
  },
);

it.each([numbers.href, fileURLToPath(numbers)])('an entry may be the text %s', async (entry) => {
  const pool = await createThreadPool<unknown, unknown>({ entry, name: 'numbers', threads: 1, workerData: () => ({}) });
  expect(pool.size).toBe(1);
  await pool.dispose();
});

it('a file that imports what is not there is another fault', async () => {
  const entry = new URL('data:text/javascript,import "file:///not-here.js"');
  await expect(createThreadPool({ entry, name: 'numbers', threads: 1 })).rejects.toThrow('Cannot find module');
});
