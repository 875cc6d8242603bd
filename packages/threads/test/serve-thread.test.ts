import { expect, test } from 'vitest';
import { serveThread } from '../src/index.ts';

test('serveThread(start) throws TypeError in the main thread', async () => {
  const start = (): Promise<never> => Promise.reject(new Error('never called'));
  await expect(serveThread(start)).rejects.toThrow(TypeError);
});
