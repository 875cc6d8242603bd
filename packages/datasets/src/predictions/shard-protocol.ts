import type { RowError } from '@qualm/types';
import type { FileDigest } from '../files/file-digest.ts';
import type { PredictionBatch } from './prediction-batch.ts';

/** What the sink asks of its thread: to encode rows; to write what was encoded as a file, under
 * its temporary name; or the same with more rows, while the shard goes on without them. */
export type ShardRequest =
  | { readonly id: number; readonly kind: 'rows'; readonly batch: PredictionBatch }
  | { readonly id: number; readonly kind: 'shard'; readonly path: string }
  | { readonly id: number; readonly kind: 'flush'; readonly path: string; readonly batch: PredictionBatch };

/** One reply for each request, in order. */
export interface ShardReply {
  readonly id: number;
  readonly error: RowError | null;
  /** What was written, for a request that writes. */
  readonly digest: FileDigest | null;
}
