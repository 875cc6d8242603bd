import type { ImageRecord, ImageList } from '@qualm/types';
import { fingerprintIds } from './fingerprint-ids.ts';

/** A source over rows that are made when they are asked for; the fingerprint is computed once, when
 * it is first read.
 */
export function createImageSource(
  length: number,
  idAt: (row: number) => string | number,
  recordAt: (row: number) => ImageRecord,
): ImageList {
  let fingerprint: string | undefined;
  return {
    length,
    get fingerprint() {
      fingerprint ??= fingerprintIds(rows(length, idAt));
      return fingerprint;
    },
    [Symbol.iterator]: () => rows(length, recordAt),
  };
}

function* rows<T>(length: number, at: (row: number) => T): Generator<T, void, undefined> {
  for (let row = 0; row < length; row++) yield at(row);
}
