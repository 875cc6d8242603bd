import { InvalidArgumentError } from '@commander-js/extra-typings';
import type { ShareNumber } from '@qualm/datasets';

/* What options hold, as commander's `argParser` takes it. */

/** A whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text.trim()) ? Number(text) : NaN;
    if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
    const limit = most < Number.MAX_SAFE_INTEGER ? ` to ${most}` : '';
    throw new InvalidArgumentError(`expected a whole number from ${least}${limit}`);
  };
}

/** More threads than any machine has cores only take its memory. */
export const mostThreads = 1024;

/** A number from 0 to 1. */
export function unitNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('expected a number from 0 to 1');
  return value;
}

/** A number above 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value < Infinity))
    throw new InvalidArgumentError('expected a number above 0');
  return value;
}

/** A number of 0 or more. */
export function notNegative(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value < Infinity))
    throw new InvalidArgumentError('expected a number from 0');
  return value;
}

/** One share of several, as `3/16`. */
export function shareNumber(text: string): ShareNumber {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text.trim()) ?? [];
  if (index === undefined || count === undefined)
    throw new InvalidArgumentError('expected a share and how many there are, such as 3/16');
  const share = { index: Number(index), count: Number(count) };
  if (!(share.count >= 1 && Number.isSafeInteger(share.count)))
    throw new InvalidArgumentError('expected 1 share at least, such as 1/1');
  if (share.index >= 1 && share.index <= share.count) return share;
  const hint = share.index === 0 ? '; to a number that counts from 0 add 1: $((N + 1))/' + count : '';
  throw new InvalidArgumentError(`expected a share from 1/${count} to ${count}/${count}${hint}`);
}
