import { expect, test } from 'vitest';
import { serveThread } from '../src/index.ts';

test('serveThread(start) throws QualmError unsupported outside of a pool', async () => {
  const start = (): Promise<never> => Promise.reject(new Error('never called'));
  await expect(serveThread(start)).rejects.toMatchObject({ code: 'unsupported' });
});
