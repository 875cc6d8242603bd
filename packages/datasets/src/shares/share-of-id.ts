import { hash } from 'node:crypto';
import { wrongArgument } from '@qualm/types';

/** The share of an image, from 1 to `count`: the first 48 bits of the SHA-256 of its id's UTF-8
 * text, as a whole number, modulo `count`, plus 1. The number 17 and the text "17" are the same id
 * here. It depends on nothing else, so that any program can compute it.
 * @throws RangeError for an id that is no text and no number, or a count that is no whole number of
 * at least 1.
 * @example shareOfId('photos/a.jpg', 16) // 2
 */
export function shareOfId(id: string | number, count: number): number {
  if (typeof id !== 'string' && !(typeof id === 'number' && !Number.isNaN(id)))
    throw wrongArgument('shareOfId', 'its id', id, 'a text or a number');
  if (!(Number.isSafeInteger(count) && count >= 1))
    throw wrongArgument('shareOfId', 'its count', count, 'a whole number of at least 1');
  return (Number.parseInt(hash('sha256', String(id)).slice(0, 12), 16) % count) + 1;
}
