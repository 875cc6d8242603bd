import type { MapPlaces } from './map-places.ts';
import type { PointColors } from './point-colors.ts';

/** Pixels of a picture, as a canvas takes them. */
export interface PointPixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** How strongly points are drawn that are shown, and those that are not, of 255. */
const strengths = { shown: 230, other: 45 };

/** Draws points into pixels, which are clear before: those that are not shown first, then by
 * colour, so that what matters most lies above. A hundred thousand of them take some
 * milliseconds, where a canvas that is told of each takes a second.
 * @param shown 1 for each cell that is
 * @param radius in pixels
 */
export function drawPoints(
  pixels: PointPixels,
  { xs, ys }: MapPlaces,
  { palette, places }: PointColors,
  { shown, radius }: { readonly shown: Uint8Array; readonly radius: number },
): void {
  const { data, width, height } = pixels;
  const colors = palette.map(channelsOf);
  const disc = discOf(radius);
  const order = drawnLast(places, shown, palette.length);
  for (const index of order) {
    const [x, y] = [xs[index]!, ys[index]!];
    if (Number.isNaN(x)) continue;
    const [red, green, blue] = colors[places[index]!]!;
    const alpha = shown[index] === 1 ? strengths.shown : strengths.other;
    const [column, row] = [Math.round(x * (width - 1)), Math.round(y * (height - 1))];
    for (const [right, below] of disc) {
      const [across, down] = [column + right, row + below];
      if (across < 0 || across >= width || down < 0 || down >= height) continue;
      const at = 4 * (down * width + across);
      data[at] = red;
      data[at + 1] = green;
      data[at + 2] = blue;
      // What lies over another one that is not shown is a little stronger.
      data[at + 3] = Math.max(alpha, Math.min(strengths.shown, data[at + 3]! + alpha / 4));
    }
  }
}

/** Cells in the order in which they are drawn: by counting, as there are few colours. */
function drawnLast(places: Uint16Array, shown: Uint8Array, numColors: number): Uint32Array {
  const keyOf = (index: number): number => (shown[index] === 1 ? numColors : 0) + places[index]!;
  const starts = new Uint32Array(2 * numColors + 1);
  for (let index = 0; index < places.length; index++) starts[keyOf(index) + 1]!++;
  for (let key = 1; key < starts.length; key++) starts[key]! += starts[key - 1]!;
  const order = new Uint32Array(places.length);
  for (let index = 0; index < places.length; index++) order[starts[keyOf(index)]!++] = index;
  return order;
}

function discOf(radius: number): (readonly [number, number])[] {
  const reach = Math.floor(radius);
  const sides = Array.from({ length: 2 * reach + 1 }, (_, at) => at - reach);
  return sides.flatMap((y) => sides.filter((x) => x * x + y * y <= radius * radius).map((x) => [x, y] as const));
}

function channelsOf(color: string): readonly [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
