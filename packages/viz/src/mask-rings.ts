import type { Box2d, Mask, Size } from '@qualm/types';

/** The outlines of a mask in its own pixels, as closed rings of x, y, x, y, ...; filled by the
 * even-odd rule they are the mask. Polygons stay the polygons that they are.
 */
export function maskRings(mask: Mask): readonly ArrayLike<number>[] {
  if (mask.encoding.type === 'polygons') return mask.encoding.rings;
  const { box } = mask;
  return box === null ? [] : traceBitmap(mask.toBitmap(), mask.size, box);
}

/** Walks along pixel edges with the mask to the right. Only corners are kept. */
function traceBitmap(bitmap: Uint8Array, size: Size, box: Box2d): number[][] {
  const starts = topEdges(bitmap, size, box);
  const inside = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < size.width && y < size.height && bitmap[y * size.width + x] !== 0;
  const rings: number[][] = [];
  for (const start of starts) {
    if (starts.has(start))
      rings.push(walk(start % size.width, Math.floor(start / size.width), inside, starts, size.width));
  }
  return rings;
}

/** Pixels of the mask, all of them in the box, with none above them: each outline has at least one
 * such edge. */
function topEdges(bitmap: Uint8Array, { width }: Size, { xmin, ymin, xmax, ymax }: Box2d): Set<number> {
  const starts = new Set<number>();
  for (let y = ymin; y < ymax; y++) {
    for (let pixel = y * width + xmin; pixel < y * width + xmax; pixel++) {
      if (bitmap[pixel] !== 0 && !(y > 0 && bitmap[pixel - width] !== 0)) starts.add(pixel);
    }
  }
  return starts;
}

const steps = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/** Of the two pixels ahead of a corner, relative to it, by direction: left and right of the way. */
const ahead = [
  [0, -1, 0, 0],
  [0, 0, -1, 0],
  [-1, 0, -1, -1],
  [-1, -1, 0, -1],
] as const;

function walk(
  startX: number,
  startY: number,
  inside: (x: number, y: number) => boolean,
  starts: Set<number>,
  width: number,
): number[] {
  const ring = [startX, startY];
  let [x, y, direction] = [startX, startY, 0];
  do {
    if (direction === 0) starts.delete(y * width + x);
    x += steps[direction]![0];
    y += steps[direction]![1];
    const [leftX, leftY, rightX, rightY] = ahead[direction]!;
    const right = inside(x + rightX, y + rightY);
    const left = inside(x + leftX, y + leftY);
    const next = !right ? (direction + 1) % 4 : left ? (direction + 3) % 4 : direction;
    if (next !== direction) ring.push(x, y);
    direction = next;
  } while (!(x === startX && y === startY && direction === 0));
  if (ring.at(-2) === startX && ring.at(-1) === startY) ring.length -= 2;
  return ring;
}
