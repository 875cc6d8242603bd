import { createTensor } from '@qualm/types';
import type { TensorMap } from '@qualm/types';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSessionBackend, createSessionPool, serveSession } from '../src/index.ts';
import type { SessionPool, SessionPoolOptions } from '../src/index.ts';
import { outcome } from './pool.ts';

const module = new URL('doubling.mjs', import.meta.url).href;
const entry = new URL('doubling-entry.mjs', import.meta.url);

interface Sum {
  readonly bytes: Uint8Array;
  readonly device: string;
}

async function doubling(options: object = {}, use: SessionPoolOptions = {}): Promise<SessionPool> {
  const pool = await createSessionPool({ name: 'doubling', module, options, moduleAdvice: 'name its place' }, use);
  onTestFinished(() => pool.dispose());
  return pool;
}

function input(...x: number[]): TensorMap {
  return { x: createTensor('float32', [x.length], Float32Array.from(x)) };
}

describe('createSessionPool(plan)', () => {
  test('has as many threads as the first session says, which settles what was left open for the others', async () => {
    const pool = await doubling({ sessions: 3, isOnThread: false });
    expect(pool).toMatchObject({ device: 'quick', concurrency: 3, isOnThread: false, warnings: [] });
    const inputs = Array.from({ length: 20 }, (_, i) => i);
    const runs = await Promise.all(inputs.map((i) => pool.run(input(i), { outputs: ['y', 'thread'] })));
    expect(runs.map(({ y }) => y!.data[0])).toEqual(inputs.map((i) => 2 * i));
    expect(new Set(runs.map(({ thread }) => thread!.data[0])).size).toBe(3);
  });

  test('run gives all outputs, also two of one memory, and leaves the inputs whole', async () => {
    const pool = await doubling();
    const given = input(1, 2);
    const { y, same } = await pool.run(given);
    expect([...y!.data, ...same!.data]).toEqual([2, 4, 2, 4]);
    expect(given).toEqual(input(1, 2));
  });

  test('a lost thread fails its own run, and is replaced by one like it', async () => {
    const pool = await doubling({ sessions: 1 });
    const runs = [pool.run(input(-1)), pool.run(input(4))];
    expect(await Promise.all(runs.map(outcome))).toEqual(['machine-trouble', 'fulfilled']);
  });

  test('throws what `open` throws, aborted, and where its module is not', async () => {
    expect(await outcome(doubling({ fault: 'open' }))).toBe('model-invalid');
    expect(await outcome(doubling({}, { signal: AbortSignal.abort() }))).toBe('aborted');
    const moved = { name: 'doubling', module: 'file:///not-here/session.mjs', moduleAdvice: 'name its place' };
    await expect(createSessionPool({ ...moved, options: {} }, { entry })).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringMatching(/not at "file:\/\/\/not-here\/session\.mjs"; .*name its place/) as string,
    });
  });

  test('after dispose it takes nothing more', async () => {
    const pool = await doubling();
    await Promise.all([pool.dispose(), pool.dispose()]);
    expect(await outcome(pool.run(input(1)))).toBe('predict-failed');
    expect(await outcome(pool.ask(1))).toBe('predict-failed');
  });

  test('without an entry of your own there is nothing to ask', async () => {
    await expect((await doubling()).ask([1])).rejects.toThrow('this thread answers runs alone');
  });
});

describe('createSessionPool(plan, { entry, data })', () => {
  test('answers by the session of the thread, and runs in the same threads', async () => {
    const pool = await doubling({ sessions: 2 }, { entry, data: { more: 100 } });
    const [sum, { y }] = await Promise.all([pool.ask<number[], Sum>([1, 2, 3]), pool.run(input(5))]);
    expect([[...sum.bytes], sum.device, y!.data[0]]).toEqual([[112], 'quick', 10]);
  });

  test('throws what the entry throws, aborted at once, and goes on', async () => {
    const pool = await doubling({}, { entry, data: { more: 0 } });
    expect(await outcome(pool.ask(null))).toBe('predict-failed');
    const controller = new AbortController();
    const answer = pool.ask([1], controller);
    controller.abort();
    expect(await outcome(answer)).toBe('aborted');
    expect((await pool.ask<number[], Sum>([4])).bytes[0]).toBe(8);
  });
});

describe('createSessionBackend(name, planSessions)', () => {
  test('is a backend whose models run in threads', async () => {
    const backend = createSessionBackend('doubling', ({ model, backendOptions }) =>
      Promise.resolve({ name: model, module, options: backendOptions }),
    );
    expect(backend.name).toBe('doubling');
    const model = await backend.load({ model: '/a', backendOptions: { sessions: 2 } });
    onTestFinished(() => model.dispose());
    expect(model.concurrency).toBe(2);
    expect((await model.run(input(3)))['y']!.data[0]).toBe(6);
    expect(await outcome(backend.load({ model: '/a' }, { signal: AbortSignal.abort() }))).toBe('aborted');
  });
});

const served = new URL('../dist/index.js', import.meta.url).href;

test.each([
  ['session.mjs', 'createSessionPool: module is "session.mjs"; expected the URL of a built module'],
  [
    'data:text/javascript,export const open = 1',
    'mine: the worker thread ended (exit code 0) before it was ready; its file has to call serveThread or serveSession',
  ],
  [
    `data:text/javascript,import { serveSession } from "${served}"; await serveSession(async () => ({}))`,
    'mine: open: its session is an object of nothing; expected an object of info, run, dispose',
  ],
])('a module %s that is none of a session is told so', async (place, message) => {
  await expect(createSessionPool({ name: 'mine', module: place, options: {} })).rejects.toThrow(message);
});

test('serveSession(open) does nothing where no pool started the thread on it', async () => {
  await serveSession(() => Promise.reject(new Error('never called')));
  expect(Object.keys((await import(module)) as object)).toEqual(['open']);
});
