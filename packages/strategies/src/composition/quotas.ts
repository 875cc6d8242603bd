import { assertCount } from '../numbers/assert-count.ts';
import type { Key } from './keys.ts';

/** How many rows of one class: at most, or from `min` to `max`. */
export type Quota = number | { readonly min?: number; readonly max?: number };

/** What is wanted of each class, by its key as text. Others, and null, have no quota. */
export interface Quotas {
  readonly minOf: (key: Key) => number;
  readonly maxOf: (key: Key) => number;
  /** The keys that have a minimum, with it. */
  readonly minimums: ReadonlyMap<string, number>;
}

/** @throws RangeError when a number is not a whole one of 0 or more, `min` is above `max`, or the
 * minimums exceed `count`.
 */
export function readQuotas(where: string, quotas: Readonly<Record<string, Quota>>, count: number): Quotas {
  const minimums = new Map<string, number>();
  const maximums = new Map<string, number>();
  let sum = 0;
  for (const [key, quota] of Object.entries(quotas)) {
    const { min = 0, max = Infinity } = typeof quota === 'number' ? { max: quota } : quota;
    assertCount(where, min, `quotas['${key}'].min`);
    if (max !== Infinity) assertCount(where, max, `quotas['${key}'].max`);
    if (min > max) throw new RangeError(`${where}: quotas['${key}'] is ${min} to ${max}; expected min up to max`);
    if (min > 0) minimums.set(key, min);
    maximums.set(key, max);
    sum += min;
  }
  if (sum > count)
    throw new RangeError(`${where}: the minimums of quotas add up to ${sum}; expected at most count, ${count}`);
  return {
    minOf: (key) => (key === null ? 0 : (minimums.get(String(key)) ?? 0)),
    maxOf: (key) => (key === null ? Infinity : (maximums.get(String(key)) ?? Infinity)),
    minimums,
  };
}
