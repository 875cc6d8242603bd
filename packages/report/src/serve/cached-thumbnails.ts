import { LRUCache } from 'lru-cache';
import type { Thumbnail } from '../report-cell.ts';
import { thumbnailAddress } from '../served-thumbnail.ts';
import type { ThumbnailTimes } from '../served-thumbnail.ts';
import type { ServedPicture } from './report-app.ts';

/** Pictures that are made at the same time: more would only wait for the cores. */
const mostAtOnce = 4;

/** Makes the picture of the cell at a place, so many times as large as the smallest; null where
 * there is none.
 */
export type MakeThumbnail = (place: number, signal: AbortSignal, times: ThumbnailTimes) => Promise<Thumbnail | null>;

/** Each picture once while it is in memory, a few at a time, those that were asked for last first:
 * a reader who scrolls on no longer needs the earlier ones.
 */
export function cachedThumbnails(
  make: MakeThumbnail,
  maxSize: number,
): (place: number, signal: AbortSignal, times?: ThumbnailTimes) => Promise<ServedPicture | null> {
  const cache = new LRUCache<string, Thumbnail>({ maxSize, sizeCalculation: ({ bytes }) => bytes.length + 1 });
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (place, signal, times = 1) => {
    const key = thumbnailAddress(place, times);
    const known = cache.get(key);
    if (known) return { body: known.bytes, type: known.type };
    if (running >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      if (signal.aborted) return null;
      const made = await make(place, signal, times);
      if (made) cache.set(key, made);
      return made && { body: made.bytes, type: made.type };
    } finally {
      running--;
      waiting.pop()?.();
    }
  };
}
