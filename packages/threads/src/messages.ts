import type { QualmErrorCode, ThreadPart } from '@qualm/types';

/** The `workerData` of every thread. */
export interface ThreadStart {
  readonly data: unknown;
  /** What the thread is doing: see `gate.ts`. */
  readonly gate: Int32Array;
}

/** A request, to the thread's service or to a part that uses it. */
export interface Ask {
  readonly request: unknown;
  readonly part?: ThreadPart;
}

export type ToThread = ({ readonly type: 'ask' } & Ask) | { readonly type: 'stop' };

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
