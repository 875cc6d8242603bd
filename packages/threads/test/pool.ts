import { onTestFinished, vi } from 'vitest';
import { createThreadPool } from '../src/index.ts';
import type { ThreadPool, ThreadPoolOptions } from '../src/index.ts';

/** What `numbers.mjs` is asked. */
export interface Ask {
  readonly id?: number;
  readonly turnstile?: Int32Array;
  readonly exit?: boolean;
  readonly print?: boolean;
  readonly fault?: 'ours' | 'foreign' | 'uncloneable';
  readonly bytes?: Uint8Array;
}

export interface Told {
  readonly id?: number;
  readonly threadId: number;
  /** The ids that this thread was asked up to now. */
  readonly seen: readonly number[];
  readonly came?: Uint8Array;
  readonly bytes: Uint8Array;
}

export interface Info {
  readonly threadId: number;
  readonly note: string;
}

export type Numbers = ThreadPool<Ask, Told, Info>;

export const entry = new URL('numbers.mjs', import.meta.url);

/** Where threads stop until it is opened, which it is at the latest when the test is over. */
export interface Turnstile {
  readonly turnstile: Int32Array;
  /** Waits until so many have come. */
  readonly reached: (count: number) => Promise<void>;
  readonly open: () => void;
}

export function createTurnstile(): Turnstile {
  const turnstile = new Int32Array(new SharedArrayBuffer(8));
  const open = (): void => {
    Atomics.store(turnstile, 0, 1);
    Atomics.notify(turnstile, 0);
  };
  onTestFinished(open);
  return {
    turnstile,
    open,
    reached: async (count) => {
      await vi.waitUntil(() => Atomics.load(turnstile, 1) >= count, { timeout: 100_000, interval: 2 });
    },
  };
}

/** A pool over `numbers.mjs`, disposed of when the test is over. */
export async function numbers(options: Partial<ThreadPoolOptions<Ask, Info>> = {}): Promise<Numbers> {
  const pool = await createThreadPool<Ask, Told, Info>({ entry, name: 'numbers', threads: 1, ...options });
  onTestFinished(() => pool.dispose());
  return pool;
}

/** The code of a promise's QualmError, or `fulfilled`. */
export function outcome(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'fulfilled',
    (error: { readonly code?: string }) => error.code ?? String(error),
  );
}
