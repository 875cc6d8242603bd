import { createThreadPool } from '@qualm/threads';

const pool = await createThreadPool<number, number, { exponent: number }>({
  entry: new URL('./readme-worker.mjs', import.meta.url),
  name: 'power',
  threads: 2,
  workerData: () => 3,
});
console.log(pool.info, pool.size); // { exponent: 3 } 2
console.log(await Promise.all([1, 2, 3].map((base) => pool.run(base)))); // [1, 8, 27]
await pool.dispose();
