import { createRandom } from '@qualm/strategies';

/** A number, and where the middle 95 % of what resampled photographs give lie. */
export interface Spread {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How often each of `length` photographs is in each of `count` samples of as many, drawn with
 * replacement.
 */
export function createResamples(length: number, count: number, seed = 1): readonly Uint16Array[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const times = new Uint16Array(length);
    for (let draw = 0; draw < length; draw++) times[Math.floor(random() * length)]!++;
    return times;
  });
}

export function spreadOf(value: number, resampled: readonly number[]): Spread {
  const sorted = resampled.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { value, low: at(0.025), high: at(0.975) };
}
