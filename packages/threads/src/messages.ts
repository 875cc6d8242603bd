import type { QualmErrorCode } from '@qualm/types';

/** The `workerData` of every thread. */
export interface ThreadStart {
  readonly data: unknown;
  /** What the thread is doing: see `gate.ts`. */
  readonly gate: Int32Array;
  /** Whether what it prints is dropped. */
  readonly silent: boolean;
}

export type ToThread = { readonly type: 'ask'; readonly request: unknown } | { readonly type: 'stop' };

/** The thread's info first, then an answer to each request, in their order. */
export type FromThread =
  { readonly type: 'done'; readonly value: unknown } | { readonly type: 'failed'; readonly failure: Failure };

/** An error on its way between threads, which keep neither class nor code. */
export interface Failure {
  /** `null` for an error that is not a QualmError. */
  readonly code: QualmErrorCode | null;
  readonly message: string;
  readonly stack: string | undefined;
}
