import { onTestFinished } from 'vitest';
import { createThreadPool } from '../src/index.ts';
import type { ThreadPool, ThreadPoolOptions } from '../src/index.ts';

/** What `numbers.mjs` is asked. */
export interface Ask {
  readonly id?: number;
  readonly wait?: number;
  readonly block?: number;
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
