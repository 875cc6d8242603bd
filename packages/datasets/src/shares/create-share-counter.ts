import { createIdsHash } from '../images/fingerprint-ids.ts';
import { growableInt32 } from '../predictions/growable-array.ts';
import type { ImageShare, ListedImages, ShareNumber } from './image-share.ts';
import { shareOfId } from './share-of-id.ts';

/** Looks at all images of a list, and keeps where those of one share stand. */
export interface ShareCounter {
  readonly share: ImageShare;
  /** Takes the next image of the list; true for one of the share. */
  take(id: string | number): boolean;
  /** Says that the list has no more. */
  end(): void;
}

export function createShareCounter({ index, count }: ShareNumber): ShareCounter {
  const ids = createIdsHash();
  // Gaps stay small where positions outgrow an int32.
  const gaps = growableInt32();
  let images = 0;
  let last = 0;
  let list: ListedImages | null = null;
  return {
    share: {
      index,
      count,
      get list() {
        return list;
      },
      get length() {
        return gaps.length;
      },
      *positions() {
        let position = 0;
        for (const gap of gaps.copy()) yield (position += gap);
      },
    },
    take(id) {
      ids.add(String(id));
      const position = images++;
      if (shareOfId(id, count) !== index) return false;
      gaps.append(Int32Array.of(position - last));
      last = position;
      return true;
    },
    end() {
      list ??= { images, ids: ids.digest() };
    },
  };
}
