import { assertFunction, assertWhole } from '@qualm/types';
import type { ImageRecord, ImageList } from '@qualm/types';
import { fingerprintIds } from './fingerprint-ids.ts';

/** A source over rows that are made when they are asked for; the fingerprint is computed once, when
 * it is first read.
 * @throws RangeError for a length below 0, and what is no function.
 * @example createImageSource(1, () => 'a', () => ({ image_id: 'a', image: Image.fromUri('a.jpg') }))
 */
export function createImageSource(
  length: number,
  idAt: (row: number) => string | number,
  recordAt: (row: number) => ImageRecord,
): ImageList {
  assertWhole('createImageSource', 'its length', length, 0);
  assertFunction('createImageSource', 'idAt', idAt, 'a function, such as (row) => ids[row]');
  assertFunction('createImageSource', 'recordAt', recordAt, 'a function, such as (row) => records[row]');
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
