import type { QualmErrorCode, TensorMap } from '@qualm/types';
import type { SessionInfo } from './tfjs-session.ts';

/** One run, on its way to a worker thread. */
export interface RunRequest {
  readonly id: number;
  readonly inputs: TensorMap;
  readonly outputs: readonly string[];
}

/** An error on its way between threads, which keep neither class nor code. */
export interface ErrorMessage {
  readonly code: QualmErrorCode;
  readonly message: string;
  readonly stack?: string;
}

/** What a worker thread says: first `ready` or `unready`, then `done` or `failed` for each request. */
export type WorkerReply =
  | { readonly type: 'ready'; readonly info: SessionInfo }
  | { readonly type: 'unready'; readonly error: ErrorMessage }
  | { readonly type: 'done'; readonly id: number; readonly outputs: TensorMap }
  | { readonly type: 'failed'; readonly id: number; readonly error: ErrorMessage };
