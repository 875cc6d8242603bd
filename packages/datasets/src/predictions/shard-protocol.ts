import type { RowError } from '@qualm/types';
import type { PredictionBatch } from './prediction-batch.ts';

/** What the sink asks of its thread: to encode rows, and to store what was encoded as a file. */
export type ShardRequest =
  | { readonly id: number; readonly kind: 'rows'; readonly batch: PredictionBatch }
  | { readonly id: number; readonly kind: 'shard'; readonly path: string };

/** One reply for each request, in order. */
export interface ShardReply {
  readonly id: number;
  readonly error: RowError | null;
}
