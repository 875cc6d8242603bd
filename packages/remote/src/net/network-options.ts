import type { Dispatcher } from 'undici';
import { assertFunction, assertNumber, assertWhole } from '@qualm/types';
import type { RetryOptions } from './retry.ts';

/** How servers are reached. */
export interface NetworkOptions extends RetryOptions {
  /** Milliseconds without a byte after which an attempt has failed; 30,000 by default. */
  readonly timeoutMs?: number;
  /** Milliseconds that an attempt may take in all; 120,000 by default. */
  readonly totalTimeoutMs?: number;
  /** PEM certificates to trust, in the place of Node's. */
  readonly ca?: string | undefined;
  /** What carries requests: one of undici's dispatchers, such as a proxy. Addresses are then its
   * business. */
  readonly dispatcher?: Dispatcher | undefined;
  /** Milliseconds since 1970, for signatures. */
  readonly now?: () => number;
}

/** @throws RangeError */
export function assertNetworkOptions(where: string, options: NetworkOptions): void {
  const { timeoutMs = 1, totalTimeoutMs = 1, retries = 0, random, sleep, now } = options;
  for (const [name, ms] of Object.entries({ timeoutMs, totalTimeoutMs })) {
    assertNumber(where, name, ms, 'milliseconds above 0');
    if (!(ms > 0)) throw new RangeError(`${where}: ${name} is ${ms}; expected milliseconds above 0`);
  }
  assertWhole(where, 'retries', retries, 0);
  for (const [name, call] of Object.entries({ random, sleep, now })) {
    if (call !== undefined) assertFunction(where, name, call, 'a function');
  }
}
