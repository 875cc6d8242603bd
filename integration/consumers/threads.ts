import { isMainThread } from 'node:worker_threads';
import { createThreadPool, serveThread } from '@qualm/threads';

if (isMainThread) {
  const pool = await createThreadPool<number, number>({
    entry: new URL(import.meta.url),
    name: 'power',
    threads: 2,
    workerData: () => 3,
  });
  const powers = await Promise.all([1, 2, 3].map((base) => pool.run(base)));
  console.log(pool.size, powers.join());
  await pool.dispose();
} else {
  await serveThread(async (exponent: number) => ({
    info: null,
    answer: async (base: number) => ({ value: base ** exponent }),
  }));
}
