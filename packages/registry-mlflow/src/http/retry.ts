import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import { QualmError } from '@qualm/types';
import type { HttpSettings } from './http-settings.ts';

/** A failure that another attempt may get over. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  /** Seconds that the server asked to wait, if it did. */
  readonly retryAfter: number | null;
  /** Bytes moved by the attempt: one that got further does not count against the limit. */
  readonly progressed: boolean;

  constructor(
    message: string,
    options: ErrorOptions & { readonly retryAfter?: number | null; readonly progressed?: boolean } = {},
  ) {
    super(message, options);
    this.retryAfter = options.retryAfter ?? null;
    this.progressed = options.progressed ?? false;
  }
}

const longestWaitSeconds = 60;

/** What `attempt` gives, asked again after each `TransientError` as the settings say; any other error ends it.
 * @throws what `attempt` threw last; QualmError `aborted`.
 */
export async function retry<T>(
  attempt: () => Promise<T>,
  settings: Pick<HttpSettings, 'maxRetries' | 'backoffSeconds' | 'jitterSeconds' | 'random'>,
  signal?: AbortSignal,
): Promise<T> {
  const { maxRetries = 5, backoffSeconds = 0.5, jitterSeconds = 0.5, random = Math.random } = settings;
  throwIfAborted(signal);
  try {
    return await pRetry(attempt, {
      retries: maxRetries,
      minTimeout: backoffSeconds * 1000,
      maxTimeout: longestWaitSeconds * 1000,
      ...(signal && { signal }),
      shouldRetry: ({ error }) => error instanceof TransientError,
      shouldConsumeRetry: ({ error }) => !(error instanceof TransientError && error.progressed),
      onFailedAttempt: async ({ error, retriesLeft }) => {
        if (!(error instanceof TransientError) || retriesLeft === 0) return;
        const asked = Math.min(error.retryAfter ?? 0, longestWaitSeconds);
        await sleep((asked + random() * jitterSeconds) * 1000, undefined, signal && { signal });
      },
    });
  } catch (error) {
    throwIfAborted(signal);
    throw error;
  }
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new QualmError('aborted', 'registry: aborted', { cause: signal.reason });
}
