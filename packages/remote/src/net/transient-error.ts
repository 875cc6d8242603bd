import type { QualmErrorCode } from '@qualm/types';

/** A failure that another attempt may get over. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  /** Milliseconds that the server asked to wait; 0 where it did not. */
  readonly waitMs: number;
  /** What it is when no attempt gets over it. */
  readonly code: QualmErrorCode;

  constructor(
    message: string,
    options: ErrorOptions & { readonly waitMs?: number; readonly code?: QualmErrorCode } = {},
  ) {
    super(message, options);
    this.waitMs = options.waitMs ?? 0;
    this.code = options.code ?? 'machine-trouble';
  }
}
