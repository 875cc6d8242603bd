import { thumbnailAddress, thumbnailPlace } from '../../served-thumbnail.ts';
import type { ThumbnailTimes } from '../../served-thumbnail.ts';

/** How large those were that were asked for last, by place: what is seen again is sharp at once. */
const known = new Map<number, ThumbnailTimes>();

/** Shows a picture; where it is a server's, and its screen or its cell is large, a larger one in
 * its place once that is there.
 * @param whole its width in pixels of the image, of which it has no more; 0 where nobody knows
 */
export function showSharp(image: HTMLImageElement, src: string, whole: number): void {
  const place = thumbnailPlace(src);
  const times = (place !== null && known.get(place)) || 1;
  image.src = place === null ? src : thumbnailAddress(place, times);
  if (place === null || times === most) return;
  image.addEventListener(
    'load',
    () => {
      const shown = image.clientWidth * devicePixelRatio;
      const more = timesNeeded(shown, image.naturalWidth, whole);
      if (more === 1) return;
      const larger = times === 1 ? more : most;
      known.set(place, larger);
      image.src = thumbnailAddress(place, larger);
    },
    { once: true },
  );
}

const most: ThumbnailTimes = 4;

/** So much larger than it is, a picture still looks sharp. */
const enough = 1.2;

/** How much larger a picture needs to be.
 * @param shown the width that it has on the screen, in pixels of that
 * @param has the width of the picture
 */
export function timesNeeded(shown: number, has: number, whole: number): ThumbnailTimes {
  if (whole > 0 && has >= Math.floor(whole)) return 1;
  const ratio = shown / has / enough;
  return ratio <= 1 ? 1 : ratio <= 2 ? 2 : 4;
}
