import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { QualmError } from '@qualm/types';
import { expect, it } from 'vitest';
import { mapConcurrently, type MapOptions } from '../src/map-concurrently.ts';

const limits: MapOptions = { concurrency: 2, window: 4, order: 'input' };

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const result of results) all.push(result);
  return all;
}

/** 0, 1, 2 ... and what became of whoever read them. */
function numbers(count = Infinity): { source: AsyncGenerator<number>; read: number; closed: boolean } {
  const state = { source: generate(), read: 0, closed: false };
  async function* generate(): AsyncGenerator<number> {
    try {
      for (let i = 0; i < count; i++) {
        state.read++;
        yield i;
      }
    } finally {
      state.closed = true;
    }
  }
  return state;
}

it('gives each result once, in the order of the source', async () => {
  const property = fc.asyncProperty(
    fc.array(fc.nat(3), { maxLength: 20 }),
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 1, max: 9 }),
    fc.constantFrom('input' as const, 'completed' as const),
    async (delays, concurrency, window, order) => {
      let running = 0;
      const task = async (i: number): Promise<number> => {
        expect(++running).toBeLessThanOrEqual(concurrency);
        await sleep(delays[i]);
        running--;
        return i;
      };
      const got = await collect(mapConcurrently(numbers(delays.length).source, task, { concurrency, window, order }));
      expect(order === 'input' ? got : got.sort((a, b) => a - b)).toEqual(delays.map((_, i) => i));
    },
  );
  await fc.assert(property, { numRuns: 50 });
});

it('as completed, a slow item does not hold back the others', async () => {
  let finish = (): void => undefined;
  const others = new Promise<void>((resolve) => (finish = resolve));
  const task = async (i: number): Promise<number> => {
    if (i === 0) await others;
    if (i === 3) setImmediate(finish);
    return i;
  };
  expect(await collect(mapConcurrently(numbers(4).source, task, { ...limits, order: 'completed' }))).toEqual([
    1, 2, 3, 0,
  ]);
});

it('reads no further ahead of its reader than the window', async () => {
  const input = numbers();
  const results = mapConcurrently(input.source, async (i) => i, limits);
  for (let i = 0; i < 10; i++) {
    expect((await results.next()).value).toBe(i);
    await sleep(2);
    expect(input.read).toBeLessThanOrEqual(i + 4);
  }
  await results.return();
});

it('does nothing until it is read', async () => {
  const input = numbers();
  mapConcurrently(input.source, async (i) => i, limits);
  await sleep(2);
  expect(input.read).toBe(0);
});

it('left early, stops its tasks, waits for them and closes the source', async () => {
  const input = numbers();
  let running = 0;
  const task = async (i: number, signal: AbortSignal): Promise<number> => {
    running++;
    if (i > 0) await sleep(10_000, null, { signal }).catch(() => sleep(5));
    running--;
    return i;
  };
  for await (const first of mapConcurrently(input.source, task, limits)) {
    expect(first).toBe(0);
    break;
  }
  expect({ running, closed: input.closed }).toEqual({ running: 0, closed: true });
});

it('an error of a task is thrown when it is its turn, and the source is closed', async () => {
  const input = numbers();
  const got: number[] = [];
  const task = async (i: number): Promise<number> => (i === 2 ? Promise.reject(new Error('two')) : i);
  const reading = (async () => {
    for await (const i of mapConcurrently(input.source, task, limits)) got.push(i);
  })();
  await expect(reading).rejects.toThrow('two');
  expect({ got, closed: input.closed }).toEqual({ got: [0, 1], closed: true });
});

it('an error of the source is thrown after the results before it', async () => {
  const got: number[] = [];
  async function* broken(): AsyncGenerator<number> {
    yield 0;
    yield 1;
    throw new Error('source');
  }
  const reading = (async () => {
    for await (const i of mapConcurrently(broken(), (i) => sleep(5, i), limits)) got.push(i);
  })();
  await expect(reading).rejects.toThrow('source');
  expect(got).toEqual([0, 1]);
});

it('aborted while the source hangs, throws at once', async () => {
  const abort = new AbortController();
  async function* hanging(): AsyncGenerator<number> {
    yield 0;
    await new Promise(() => {});
  }
  const results = mapConcurrently(hanging(), async (i) => i, { ...limits, signal: abort.signal });
  expect((await results.next()).value).toBe(0);
  const next = results.next();
  abort.abort(new Error('why'));
  await expect(next).rejects.toSatisfy((error) => QualmError.is(error, 'aborted'));
});

it('aborted before it began, reads nothing', async () => {
  const input = numbers();
  const results = mapConcurrently(input.source, async (i) => i, { ...limits, signal: AbortSignal.abort() });
  await expect(results.next()).rejects.toThrow(QualmError);
  expect(input.read).toBe(0);
});
