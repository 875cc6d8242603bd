import type { MapPlaces } from './map-places.ts';

/** Which cells lie in a part of the map, 1 for each that does: by the even-odd rule. A cell without
 * a place lies in none.
 * @param corners x and y in turn, thousandths
 */
export function insidePart({ xs, ys }: MapPlaces, corners: readonly number[]): Uint8Array {
  const inside = new Uint8Array(xs.length);
  if (corners.length < 6) return inside;
  const across = corners.filter((_, at) => at % 2 === 0).map((value) => value / 1000);
  const down = corners.filter((_, at) => at % 2 === 1).map((value) => value / 1000);
  const [left, right, top, bottom] = [Math.min(...across), Math.max(...across), Math.min(...down), Math.max(...down)];
  for (let index = 0; index < xs.length; index++) {
    const [x, y] = [xs[index]!, ys[index]!];
    // NaN is in no part.
    if (x >= left && x <= right && y >= top && y <= bottom) inside[index] = isInside(x, y) ? 1 : 0;
  }
  return inside;

  function isInside(x: number, y: number): boolean {
    let odd = false;
    for (let at = 0, before = across.length - 1; at < across.length; before = at++) {
      const [y1, y2] = [down[at]!, down[before]!];
      if (y1 > y === y2 > y) continue;
      if (x < ((across[before]! - across[at]!) * (y - y1)) / (y2 - y1) + across[at]!) odd = !odd;
    }
    return odd;
  }
}
