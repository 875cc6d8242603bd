import { status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { readStatusDetails } from './read-status-details.ts';

/** A call that gRPC or Spark refused, before it becomes an error of ours. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  /** gRPC's status. */
  readonly status: number;
  /** What Spark's server says of its error: its id, class and SQLSTATE. */
  readonly info: Readonly<Record<string, string>> | null;
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter: number | null;

  constructor(error: Pick<ServiceError, 'code' | 'details' | 'metadata'>, options?: ErrorOptions) {
    super(error.details, options);
    this.status = error.code;
    const [bytes] = error.metadata?.get('grpc-status-details-bin') ?? [];
    const { info, retryAfter } = readStatusDetails(typeof bytes === 'string' ? null : bytes);
    this.info = info;
    this.retryAfter = retryAfter;
  }

  /** Whether another attempt may get over it. */
  get isTransient(): boolean {
    if (this.status === status.UNAVAILABLE || this.retryAfter !== null) return true;
    // Another call for the same rows came between.
    return this.status === status.INTERNAL && this.message.includes('INVALID_CURSOR.DISCONNECTED');
  }
}
