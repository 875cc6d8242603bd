import { describe, expect, test, vi } from 'vitest';
import { QualmError } from '@qualm/types';
import { createThreadPool } from '../src/index.ts';
import { createTurnstile, entry, numbers, outcome } from './pool.ts';
import type { Ask, Info } from './pool.ts';

const ids = (count: number): number[] => Array.from({ length: count }, (_, id) => id);

describe('createThreadPool(options)', () => {
  test('has as many threads as asked for, and the info of the first', async () => {
    const pool = await numbers({ threads: 3 });
    expect([pool.size, pool.info.note]).toEqual([3, 'none']);
    const told = await Promise.all(ids(6).map((id) => pool.run({ id })));
    expect(new Set(told.map(({ threadId }) => threadId)).size).toBe(3);
  });

  test('lets the first thread say how many there are, and what the others start with', async () => {
    const came: (Info | undefined)[] = [];
    const pool = await numbers({
      threads: ({ note }) => note.length,
      workerData: (first) => (came.push(first), { note: 'two'.slice(0, first ? 3 : 2) }),
    });
    expect(pool.size).toBe(2);
    expect(came).toEqual([undefined, pool.info]);
  });

  test.each([
    ['ours', 'model-invalid', 'numbers: there are none'],
    ['foreign', 'io', 'numbers: out of numbers'],
    ['exit', 'io', 'numbers: the worker thread ended (exit code 5)'],
    ['uncloneable', 'io', 'numbers: () => 0 could not be cloned'],
  ])('throws what start threw: %s', async (fault, code, message) => {
    const starting = numbers({ threads: 2, failureCode: 'io', workerData: () => ({ fault }) });
    expect(await outcome(starting)).toBe(code);
    await expect(starting).rejects.toThrow(message);
  });

  test('throws when another than the first thread cannot start', async () => {
    const starting = numbers({ threads: 3, workerData: (first) => (first ? { fault: 'ours' } : {}) });
    expect(await outcome(starting)).toBe('model-invalid');
  });

  test('throws backend-unavailable, saying where, for an entry that is not there', async () => {
    const starting = numbers({ entry: new URL('nowhere.mjs', import.meta.url) });
    expect(await outcome(starting)).toBe('backend-unavailable');
    await expect(starting).rejects.toThrow(/nowhere\.mjs/);
  });

  test.each([0, -1, 1.5, NaN])('throws RangeError for %d threads', async (threads) => {
    await expect(numbers({ threads })).rejects.toThrow(RangeError);
    await expect(numbers({ threads: () => threads })).rejects.toThrow(RangeError);
  });

  test('throws aborted for a signal that is aborted before, or at once on the way', async () => {
    const reason = new Error('enough');
    await expect(numbers({ signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
      code: 'aborted',
      cause: reason,
    });
    const controller = new AbortController();
    const { turnstile, reached } = createTurnstile();
    const starting = numbers({ threads: 2, signal: controller.signal, workerData: () => ({ turnstile }) });
    await reached(1);
    controller.abort();
    expect(await outcome(starting)).toBe('aborted');
  });

  test('is not touched by a signal that is aborted after it has started', async () => {
    const controller = new AbortController();
    const pool = await numbers({ signal: controller.signal });
    controller.abort();
    expect((await pool.run({ id: 1 })).id).toBe(1);
  });
});

describe('pool.run(request)', () => {
  test('answers each request by its own answer, in order within a thread', async () => {
    const pool = await numbers({ threads: 2 });
    const told = await Promise.all(ids(40).map((id) => pool.run({ id })));
    expect(told.map(({ id, bytes }) => [id, ...bytes])).toEqual(ids(40).map((id) => [id, id]));
    for (const { seen } of told) expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  test.each([
    ['ours', 'shape-mismatch', 'numbers: 3 is odd'],
    ['foreign', 'io', 'numbers: 3 is odd'],
    ['uncloneable', 'io', 'numbers: () => 0 could not be cloned'],
  ] as const)('throws a QualmError with the stack of the thread for an error that is %s', async (fault, code, said) => {
    const pool = await numbers({ failureCode: 'io' });
    const error: unknown = await pool.run({ fault }).catch((error: unknown) => error);
    expect(QualmError.is(error, code)).toBe(true);
    expect((error as QualmError).message.startsWith(said)).toBe(true);
    expect((error as QualmError).message).not.toContain('\n');
    if (fault !== 'uncloneable') expect((error as QualmError).cause).toContain('numbers.mjs');
    expect((await pool.run({ id: 2 })).id).toBe(2);
  });

  test('throws what cloning throws for a request that cannot be sent, and goes on', async () => {
    const pool = await numbers();
    const before = pool.run({ id: 1 });
    await expect(pool.run({ id: (() => 0) as never })).rejects.toThrow(/could not be cloned/);
    expect([(await before).id, (await pool.run({ id: 3 })).id]).toEqual([1, 3]);
  });

  test('packs a request when it is given to a thread, at most two ahead of the answers', async () => {
    const packed: number[] = [];
    const pack = (request: Ask): { value: Ask } => (packed.push(request.id!), { value: request });
    const pool = await numbers({ pack });
    const turnstiles = ids(4).map(createTurnstile);
    const runs = ids(4).map((id) => pool.run({ id, turnstile: turnstiles[id]!.turnstile }));
    await turnstiles[0]!.reached(1);
    expect(packed).toEqual([0, 1]);
    turnstiles[0]!.open();
    await runs[0];
    expect(packed).toEqual([0, 1, 2]);
    turnstiles.forEach(({ open }) => open());
    await Promise.all(runs);
    expect(packed).toEqual(ids(4));
  });

  test('transfers what pack says', async () => {
    const copies: Uint8Array[] = [];
    const pack = (request: Ask): { value: Ask; transfer: ArrayBuffer[] } => {
      const bytes = request.bytes!.slice();
      copies.push(bytes);
      return { value: { ...request, bytes }, transfer: [bytes.buffer as ArrayBuffer] };
    };
    const pool = await numbers({ pack });
    expect((await pool.run({ bytes: Uint8Array.of(1, 2) })).came).toEqual(Uint8Array.of(1, 2));
    expect(copies[0]!.byteLength).toBe(0);
  });
});

describe('pool.run(request, { signal })', () => {
  test('throws aborted, with its reason, for a signal that was aborted before', async () => {
    const pool = await numbers();
    const reason = new Error('enough');
    const run = pool.run({ id: 1 }, { signal: AbortSignal.abort(reason) });
    await expect(run).rejects.toMatchObject({ code: 'aborted', cause: reason });
    expect((await pool.run({ id: 2 })).seen).toEqual([2]);
  });

  test('throws aborted at once while it waits, and is never asked', async () => {
    const pool = await numbers();
    const controller = new AbortController();
    const { turnstile, open } = createTurnstile();
    const before = [pool.run({ id: 1, turnstile }), pool.run({ id: 2 })];
    const run = pool.run({ id: 3 }, controller);
    controller.abort();
    expect(await outcome(run)).toBe('aborted');
    open();
    await Promise.all(before);
    expect((await pool.run({ id: 4 })).seen).toEqual([1, 2, 4]);
  });

  test('throws aborted at once while a thread is at it, and the next answer is right', async () => {
    const pool = await numbers();
    const controller = new AbortController();
    const { turnstile, reached, open } = createTurnstile();
    const run = pool.run({ id: 1, turnstile }, controller);
    const next = pool.run({ id: 2 });
    await reached(1);
    controller.abort();
    expect(await outcome(run)).toBe('aborted');
    open();
    expect((await next).seen).toEqual([1, 2]);
  });

  test('is not touched by an abort after its answer', async () => {
    const pool = await numbers();
    const controller = new AbortController();
    const { id } = await pool.run({ id: 1 }, controller);
    controller.abort();
    expect(id).toBe(1);
  });
});

describe('a thread that ends', () => {
  test('fails the request that it was at, and is replaced', async () => {
    const pool = await numbers({ threads: 2 });
    const asked = ids(12).map((id) => ({ id, exit: id === 3 || id === 4 }));
    const outcomes = await Promise.all(asked.map((ask) => outcome(pool.run(ask))));
    expect(outcomes).toEqual(asked.map(({ exit }) => (exit ? 'machine-trouble' : 'fulfilled')));
    const threadIds = async (): Promise<number[]> =>
      (await Promise.all(ids(4).map((id) => pool.run({ id })))).map(({ threadId }) => threadId);
    const areTwo = async (): Promise<boolean> => new Set(await threadIds()).size === 2;
    await vi.waitUntil(areTwo, { timeout: 100_000 });
  });

  test('leaves the request that it never came to for another thread, packed anew', async () => {
    const packed: number[] = [];
    const pack = (request: Ask): { value: Ask } => (packed.push(request.id!), { value: request });
    const pool = await numbers({ pack });
    const runs = [pool.run({ id: 1, exit: true }), pool.run({ id: 2 }), pool.run({ id: 3 })];
    await expect(runs[0]).rejects.toThrow('numbers: the worker thread ended (exit code 7)');
    expect((await runs[2])!.seen).toEqual([2, 3]);
    expect(packed).toEqual([1, 2, 2, 3]);
  });

  test('leaves no request behind that was aborted meanwhile', async () => {
    const pool = await numbers();
    const controller = new AbortController();
    const runs = [pool.run({ id: 1, exit: true }), pool.run({ id: 2 }, controller)];
    controller.abort();
    expect(await Promise.all(runs.map(outcome))).toEqual(['machine-trouble', 'aborted']);
    expect((await pool.run({ id: 3 })).seen).toEqual([3]);
  });

  test('fails what waits when none can be started in its place, until one can', async () => {
    let fault: string | undefined;
    const pool = await numbers({ workerData: () => ({ fault }) });
    fault = 'ours';
    const runs = [pool.run({ exit: true }), pool.run({ id: 1 }), pool.run({ id: 2 })];
    expect(await Promise.all(runs.map(outcome))).toEqual(['machine-trouble', 'model-invalid', 'model-invalid']);
    fault = undefined;
    expect((await pool.run({ id: 3 })).id).toBe(3);
  });
});

describe('pool.dispose()', () => {
  test('waits for the requests that it has, those of a lost thread too, and refuses others', async () => {
    const pool = await numbers({ threads: 2 });
    const runs = ids(8).map((id) => pool.run({ id, exit: id === 0 }));
    const disposed = Promise.all([pool.dispose(), pool.dispose()]);
    await expect(pool.run({ id: 9 })).rejects.toMatchObject({
      code: 'predict-failed',
      message: 'numbers: was disposed of, and takes no more requests',
    });
    let settled = 0;
    for (const run of runs) void run.catch(() => undefined).finally(() => settled++);
    await disposed;
    expect(settled).toBe(8);
    expect((await Promise.all(runs.map(outcome))).slice(1)).toEqual(ids(7).map(() => 'fulfilled'));
  });

  test('waits for an aborted request that a thread is at', async () => {
    const pool = await createThreadPool<Ask, unknown>({ entry, name: 'numbers', threads: 1 });
    const controller = new AbortController();
    const { turnstile, reached, open } = createTurnstile();
    const run = pool.run({ turnstile }, controller);
    await reached(1);
    controller.abort();
    expect(await outcome(run)).toBe('aborted');
    let disposed = false;
    const disposing = pool.dispose().then(() => (disposed = true));
    await new Promise(setImmediate);
    expect(disposed).toBe(false);
    open();
    await disposing;
    expect(await outcome(pool.run({}))).toBe('predict-failed');
  });
});
