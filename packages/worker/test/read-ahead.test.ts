import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readAhead } from '../src/read-ahead.ts';

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const value of values) found.push(value);
  return found;
}

it('gives what map gives, in the order of the source, however many are under way', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(9)), fc.integer({ min: 1, max: 9 }), async (values, count) => {
      const map = async (value: number): Promise<number> => {
        for (let turn = 0; turn < value; turn++) await Promise.resolve();
        return 2 * value;
      };
      expect(await all(readAhead(values, map, count))).toEqual(values.map((value) => 2 * value));
    }),
  );
});

it('reads no more than count ahead of its reader', async () => {
  let read = 0;
  function* source(): Generator<number> {
    for (;;) yield read++;
  }
  for await (const value of readAhead(source(), async (one) => one, 3)) {
    expect(read - value).toBeLessThanOrEqual(4);
    if (value === 20) break;
  }
});

it('hands out a value while the source waits for the next', async () => {
  async function* source(): AsyncGenerator<string> {
    yield 'a';
    await new Promise(() => {});
  }
  const values = readAhead(source(), async (value) => value, 8);
  expect(await values.next()).toEqual({ done: false, value: 'a' });
});

it('throws what the source and map throw, when it is their turn', async () => {
  function* source(): Generator<number> {
    yield 1;
    throw new Error('source');
  }
  const values = readAhead(source(), async (value) => value, 4);
  expect((await values.next()).value).toBe(1);
  await expect(values.next()).rejects.toThrow('source');
  const failing = readAhead([1], () => Promise.reject(new Error('map')), 4);
  await expect(failing.next()).rejects.toThrow('map');
});
