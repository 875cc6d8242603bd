import { setTimeout } from 'node:timers/promises';
import { counted, QualmError } from '@qualm/types';
import { TransientError } from './transient-error.ts';

/** How often something is tried again, and when. */
export interface RetryOptions {
  /** Attempts after the first; 4 by default. */
  readonly retries?: number;
  /** A number from 0 up to 1, for the jitter. */
  readonly random?: () => number;
  /** Waits so many milliseconds. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

const firstWaitMs = 500;
const longestWaitMs = 60_000;

/** What `attempt` gives, asked again after each `TransientError`: after half a second, one, two and
 * so on, up to half of it more by chance, or as long as the server asked for.
 * @param what what is done to what, for messages
 * @throws QualmError `machine-trouble` where no attempt was enough, `aborted`, and what else
 * `attempt` throws.
 */
export async function retry<T>(
  what: string,
  attempt: () => Promise<T>,
  { retries = 4, random = Math.random, sleep = wait }: RetryOptions,
  signal?: AbortSignal,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    throwIfAborted(what, signal);
    try {
      return await attempt();
    } catch (error) {
      throwIfAborted(what, signal);
      if (!(error instanceof TransientError)) throw error;
      if (tries > retries || error.waitMs > longestWaitMs) throw givenUp(what, error, tries);
      const backoff = Math.min(firstWaitMs * 2 ** (tries - 1), longestWaitMs) * (1 + random() / 2);
      await sleep(Math.max(error.waitMs, backoff), signal).catch((failure: unknown) => {
        throwIfAborted(what, signal);
        throw failure;
      });
    }
  }
}

/** @throws QualmError `aborted` */
export function throwIfAborted(what: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new QualmError('aborted', `${what}: aborted by its signal`, { cause: signal.reason });
}

async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, signal && { signal });
}

function givenUp(what: string, error: TransientError, tries: number): QualmError {
  const patience =
    error.waitMs > longestWaitMs
      ? `it asks to wait ${Math.ceil(error.waitMs / 1000)} s, more than the ${longestWaitMs / 1000} s that qualm waits`
      : `tried ${tries === 1 ? 'once' : counted(tries, 'time')}`;
  return new QualmError(error.code, `${what}: ${error.message}; ${patience}`, { cause: error });
}
