import type { MapPlaces } from './map-places.ts';

/** Squares along a side of the map. */
const side = 128;

/** Finds the cell of the map that is nearest to a place.
 * @returns its index; -1 where none is at most `far` away
 */
export function createPointFinder({ xs, ys }: MapPlaces): (x: number, y: number, far: number) => number {
  const squares = new Map<number, number[]>();
  const on = (value: number): number => Math.min(side - 1, Math.max(0, Math.floor(value * side)));
  xs.forEach((x, index) => {
    if (Number.isNaN(x)) return;
    const key = on(ys[index]!) * side + on(x);
    const list = squares.get(key);
    if (list) list.push(index);
    else squares.set(key, [index]);
  });
  return (x, y, far) => {
    let [nearest, least] = [-1, far * far];
    for (let row = on(y - far); row <= on(y + far); row++)
      for (let column = on(x - far); column <= on(x + far); column++)
        for (const index of squares.get(row * side + column) ?? []) {
          const square = (xs[index]! - x) ** 2 + (ys[index]! - y) ** 2;
          if (square <= least) [nearest, least] = [index, square];
        }
    return nearest;
  };
}
