import type { PageNumber } from './page-number.ts';

/** A stretch of a number: `from` is in it, `to` is not; null is no end. */
export type NumberRange = readonly [from: number | null, to: number | null];

/** Such as `0.1 to 0.25`, `from 3`. */
export function rangeWords({ isWhole, say }: PageNumber, [from, to]: NumberRange): string {
  const [low, high] = [
    from !== null && isWhole ? Math.ceil(from) : from,
    to !== null && isWhole ? Math.ceil(to) - 1 : to,
  ];
  if (low === null) return high === null ? 'any' : isWhole ? `up to ${say(high)}` : `below ${say(high)}`;
  if (high === null) return `from ${say(low)}`;
  return isWhole && low === high ? say(low) : `${say(low)} to ${say(high)}`;
}
