import { setTimeout as sleep } from 'node:timers/promises';
import type { CallFailure } from './call-failure.ts';

/** Spark's own: 50 ms, four times longer each time, a minute at most, and up to half a second of
 * chance from two seconds on.
 */
export const sparkDelays: readonly number[] = Array.from({ length: 15 }, (_, at) => Math.min(50 * 4 ** at, 60_000));

const chanceFrom = 2000;
const longestChance = 500;
const longestAsked = 600_000;

/** Waits between the attempts of one call. */
export interface Retries {
  /** Waits before the next attempt. @throws the failure where there is none left, or none helps. */
  wait(failure: CallFailure): Promise<void>;
  /** What was asked has got further: the next failure is a first one. */
  gotFurther(): void;
}

/** The waits of one call; a server that says how long to wait is waited for as long. */
export function createRetries(delays: readonly number[], signal?: AbortSignal): Retries {
  let at = 0;
  return {
    async wait(failure) {
      const delay = delays[at++];
      if (delay === undefined || !failure.isTransient) throw failure;
      const asked = Math.min(failure.retryAfter ?? 0, longestAsked);
      const wait = Math.max(delay, asked);
      await sleep(wait + (wait >= chanceFrom ? Math.random() * longestChance : 0), undefined, signal && { signal });
    },
    gotFurther() {
      at = 0;
    },
  };
}
