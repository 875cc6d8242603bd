import { expect, it } from 'vitest';
import { createCredentialsCache } from '../src/s3/s3-credentials.ts';

const minute = 60_000;

it('credentials are asked for once, again a minute before they end, and when they are refused', async () => {
  let asked = 0;
  let now = 0;
  const cache = createCredentialsCache(
    async () => ({ accessKeyId: String(++asked), secretAccessKey: 'x', expiration: new Date(now + 10 * minute) }),
    () => now,
  );
  const ids = async (): Promise<string[]> => (await Promise.all([cache.get(), cache.get()])).map((c) => c.accessKeyId);
  expect(await ids()).toEqual(['1', '1']);
  now = 8 * minute;
  expect(await ids()).toEqual(['1', '1']);
  now = 9.5 * minute;
  expect(await ids()).toEqual(['2', '2']);
  const old = await cache.get();
  expect(cache.refuse(old)).toBe(true);
  expect(await ids()).toEqual(['3', '3']);
  cache.refuse(old);
  expect(await ids()).toEqual(['3', '3']);
});

it('what asks for credentials is asked again after it failed', async () => {
  let asked = 0;
  const cache = createCredentialsCache(
    () =>
      ++asked === 1 ? Promise.reject(new Error('no')) : Promise.resolve({ accessKeyId: 'a', secretAccessKey: 'b' }),
    () => 0,
  );
  await expect(cache.get()).rejects.toThrow('no');
  expect(await cache.get()).toMatchObject({ accessKeyId: 'a' });
});
