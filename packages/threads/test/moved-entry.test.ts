import { expect, it } from 'vitest';
import { createThreadPool } from '../src/create-thread-pool.ts';

it('a thread whose file a bundler left behind says so, and what to do', async () => {
  const entry = new URL('./not-here/worker.js', import.meta.url);
  const starting = Promise.resolve().then(() =>
    createThreadPool({ entry, name: 'onnx "a.onnx"', threads: 1, workerData: () => null }),
  );
  await expect(starting).rejects.toThrow(
    /the file of its worker thread is not there .*--packages=external\); see docs\/install\.md/,
  );
});
