import { assertOptions, wrongArgument } from '@qualm/types';

/** One of several shares of a run's images: the third of sixteen is `{ index: 3, count: 16 }`. */
export interface ShareNumber {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
}

/** What a whole list of images is. */
export interface ListedImages {
  /** How many it has. */
  readonly images: number;
  /** SHA-256, in hex, over their ids in order, all taken as text. */
  readonly ids: string;
}

/** The images of one share among all images of a list. */
export interface ImageShare extends ShareNumber {
  /** What the whole list is; null of a stream that has not come to its end. */
  readonly list: ListedImages | null;
  /** How many images of the share have come. */
  readonly length: number;
  /** Where each of them stands in the whole list, from 0. */
  positions(): Iterable<number>;
}

/** A share as people write it.
 * @example shareText({ index: 3, count: 16 }) // '3/16'
 */
export function shareText({ index, count }: ShareNumber): string {
  return `${index}/${count}`;
}

/** @throws RangeError for what is no share. */
export function assertShareNumber(where: string, share: ShareNumber): void {
  assertOptions(where, share, '{ index: 3, count: 16 }', 'its share');
  const { index, count } = share;
  if (!(Number.isSafeInteger(count) && count >= 1))
    throw wrongArgument(where, 'count of its share', count, 'a whole number of at least 1');
  if (!(Number.isSafeInteger(index) && index >= 1 && index <= count))
    throw wrongArgument(where, 'index of its share', index, `a whole number from 1 to ${count}`);
}
