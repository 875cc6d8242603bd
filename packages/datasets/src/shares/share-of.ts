import { assertIterable } from '@qualm/types';
import type { ImageList, ImageRecord, ImageSource, ImageStream } from '@qualm/types';
import { assertAsyncIterable } from '../assert-arguments.ts';
import { createShareCounter } from './create-share-counter.ts';
import { assertShareNumber, shareText } from './image-share.ts';
import type { ImageShare, ShareNumber } from './image-share.ts';

/** What a source of images of one share says beside them. */
export interface Shared {
  /** For the identity of a run: `createParquetSink(folder, { identity: { ..., share } })`. */
  readonly share: ImageShare;
}

/** The images of one share, in the order of the source: those whose id `shareOfId` gives that
 * share, whatever else the source has. Each image is in one share, and all shares of a count have
 * all images. A list is gone through once here; a stream is passed on as it comes.
 * @throws RangeError for an index that is not from 1 to count.
 * @example shareOf(await openFolder('photos'), { index: 3, count: 16 }).length // 63
 */
export function shareOf(source: ImageList, share: ShareNumber): ImageList & Shared;
export function shareOf(source: ImageStream, share: ShareNumber): ImageStream & Shared;
export function shareOf(source: ImageSource, share: ShareNumber): ImageSource & Shared;
export function shareOf(source: ImageSource, share: ShareNumber): ImageSource & Shared {
  assertShareNumber('shareOf', share);
  if (source?.length === null) {
    assertAsyncIterable('shareOf', 'its source', source, wanted);
    return shareOfStream(source, share);
  }
  assertIterable('shareOf', 'its source', source, wanted);
  return shareOfList(source, share);
}

const wanted = "a source of images, such as await openFolder('photos')";

function shareOfList(source: ImageList, number: ShareNumber): ImageList & Shared {
  const counter = createShareCounter(number);
  for (const { image_id } of source) counter.take(image_id);
  counter.end();
  const { share } = counter;
  return {
    share,
    length: share.length,
    get fingerprint() {
      return `${source.fingerprint}/share-${shareText(share)}`;
    },
    *[Symbol.iterator]() {
      const positions = share.positions()[Symbol.iterator]();
      let next = positions.next();
      let position = 0;
      for (const record of source) {
        if (next.done) return;
        if (position++ !== next.value) continue;
        yield record;
        next = positions.next();
      }
    },
  };
}

function shareOfStream(source: ImageStream, number: ShareNumber): ImageStream & Shared {
  const counter = createShareCounter(number);
  return {
    share: counter.share,
    length: null,
    fingerprint: null,
    async *[Symbol.asyncIterator](): AsyncGenerator<ImageRecord, void, undefined> {
      for await (const record of source) if (counter.take(record.image_id)) yield record;
      counter.end();
    },
  };
}
