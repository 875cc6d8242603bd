import { expect, test } from 'vitest';
import { createExitGuard } from '../src/index.ts';
import { numbers, outcome } from './pool.ts';

test('createExitGuard() listens to the process once, and only while it has threads', async () => {
  const listeners = (): number => process.listenerCount('exit');
  const before = listeners();
  const guard = createExitGuard();
  expect(listeners()).toBe(before);
  const pools = [await numbers({ guard, threads: 3 }), await numbers({ guard })];
  expect(listeners()).toBe(before + 1);
  await Promise.all(pools.map((pool) => pool.dispose()));
  expect(listeners()).toBe(before);
  await outcome(numbers({ guard, workerData: () => ({ fault: 'ours' }) }));
  expect(listeners()).toBe(before);
});
