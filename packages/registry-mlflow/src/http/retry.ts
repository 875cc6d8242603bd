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

/** A wait before another attempt. */
export interface RetryWait {
  /** About how long it takes. */
  readonly seconds: number;
  /** Why the last attempt failed. */
  readonly reason: string;
}

/** What to add to a message where a server asks for more patience than there is. */
export function tooLong(retryAfter: number | null): string {
  if (retryAfter === null || retryAfter <= longestWaitSeconds) return '';
  return `; it asks to wait ${Math.ceil(retryAfter)} s, more than the ${longestWaitSeconds} s that qualm waits at most`;
}

/** What `attempt` gives, asked again after each `TransientError` as the settings say; any other
 * error ends it.
 * @throws what `attempt` threw last; QualmError `aborted`.
 */
export async function retry<T>(
  attempt: () => Promise<T>,
  settings: Pick<HttpSettings, 'maxRetries' | 'backoffSeconds' | 'jitterSeconds' | 'random' | 'onWait'>,
  signal?: AbortSignal,
): Promise<T> {
  const { maxRetries = 5, backoffSeconds = 0.5, jitterSeconds = 0.5, random = Math.random, onWait } = settings;
  throwIfAborted(signal);
  try {
    return await pRetry(attempt, {
      retries: maxRetries,
      minTimeout: backoffSeconds * 1000,
      maxTimeout: longestWaitSeconds * 1000,
      ...(signal && { signal }),
      shouldRetry: ({ error }) => error instanceof TransientError && (error.retryAfter ?? 0) <= longestWaitSeconds,
      shouldConsumeRetry: ({ error }) => !(error instanceof TransientError && error.progressed),
      onFailedAttempt: async ({ error, retriesLeft, retriesConsumed }) => {
        if (!(error instanceof TransientError) || retriesLeft === 0) return;
        const { retryAfter, message, progressed } = error;
        if (retryAfter !== null && retryAfter > longestWaitSeconds) return;
        const extra = (retryAfter ?? 0) + random() * jitterSeconds;
        const backoff = progressed ? 0 : Math.min(backoffSeconds * 2 ** retriesConsumed, longestWaitSeconds);
        onWait?.({ seconds: extra + backoff, reason: message });
        await sleep(extra * 1000, undefined, signal && { signal });
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
