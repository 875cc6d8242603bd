import { LRUCache } from 'lru-cache';
import type { Thumbnail } from '../report-cell.ts';
import type { ServedPicture } from './report-app.ts';

/** Pictures that are made at the same time: more would only wait for the cores. */
const mostAtOnce = 4;

/** Makes the picture of the cell at a place; null where there is none. */
export type MakeThumbnail = (place: number, signal: AbortSignal) => Promise<Thumbnail | null>;

/** Each picture once while it is in memory, a few at a time, those that were asked for last first:
 * a reader who scrolls on no longer needs the earlier ones.
 */
export function cachedThumbnails(
  make: MakeThumbnail,
  maxSize: number,
): (place: number, signal: AbortSignal) => Promise<ServedPicture | null> {
  const cache = new LRUCache<number, Thumbnail>({ maxSize, sizeCalculation: ({ bytes }) => bytes.length + 1 });
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (place, signal) => {
    const known = cache.get(place);
    if (known) return { body: known.bytes, type: known.type };
    if (running >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      if (signal.aborted) return null;
      const made = await make(place, signal);
      if (made) cache.set(place, made);
      return made && { body: made.bytes, type: made.type };
    } finally {
      running--;
      waiting.pop()?.();
    }
  };
}
