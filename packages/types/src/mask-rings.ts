/* Rings: polygons, drawn into runs as pycocotools draws them, and traced around bitmaps. */

import type { Box2d } from './box2d.ts';
import type { Size } from './geometry.ts';
import { runsFromToggles } from './mask-runs.ts';
import { mergeRuns } from './mask-spans.ts';

/** A ring of a polygon: x, y, x, y, ... in pixels, closed by itself. */
export type Ring = readonly number[];

/** Throws for a ring that is not pairs of finite numbers. */
export function assertRings(rings: readonly Ring[]): void {
  rings.forEach((ring, index) => {
    if (ring.length % 2 !== 0) {
      throw new RangeError(`Mask: ring ${index} has ${ring.length} numbers; expected pairs x, y`);
    }
    const broken = ring.findIndex((value) => !Number.isFinite(value));
    if (broken >= 0) throw new RangeError(`Mask: ring ${index} holds ${ring[broken]}; expected finite numbers`);
  });
}

interface Loop {
  /** Corners x, y, x, y, ... along pixel edges, ones always on the right hand. */
  readonly corners: number[];
  /** Leftmost corner of its topmost edge that has ones above, which a hole has; absent where there
   * is none.
   */
  ceiling?: { readonly x: number; readonly y: number };
  isHole: boolean;
}

/** The column-major runs of the union of rings, pixel for pixel as `rleFrPoly` of cocoapi's
 * maskApi.c draws them: edges are traced on a grid five times as fine, and a column changes where
 * an edge passes its middle.
 */
export function runsFromRings(rings: readonly Ring[], size: Size): Uint32Array {
  if (rings.length === 0) return Uint32Array.of(size.width * size.height);
  return mergeRuns(
    rings.map((ring) => runsFromRing(ring, size)),
    'union',
    size.width * size.height,
  );
}

function runsFromRing(ring: Ring, { width, height }: Size): Uint32Array {
  const toggles: number[] = [];
  let x = upsampled(ring.at(-2) ?? 0);
  let y = upsampled(ring.at(-1) ?? 0);
  for (let i = 0; i < ring.length; i += 2) {
    const [fromX, fromY] = [x, y];
    x = upsampled(ring[i]!);
    y = upsampled(ring[i + 1]!);
    traceEdge(fromX, fromY, x, y, width, height, toggles);
  }
  return runsFromToggles(Uint32Array.from(toggles).sort(), width * height);
}

/** On the fine grid, cut off towards zero as a C cast does. */
function upsampled(value: number): number {
  return Math.trunc(5 * value + 0.5);
}

/** Appends the position of each middle of a column (between 5n + 2 and 5n + 3 on the fine grid)
 * that the edge passes. An edge gives the same positions in both directions.
 */
function traceEdge(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  width: number,
  height: number,
  toggles: number[],
): void {
  const left = Math.min(x0, x1);
  const right = Math.max(x0, x1);
  const firstColumn = Math.max(0, Math.ceil((left - 2) / 5));
  const lastColumn = Math.min(width - 1, Math.floor((right - 3) / 5));
  if (firstColumn > lastColumn) return;
  const isSteep = right - left < Math.abs(y1 - y0);
  const isTurned = isSteep ? y0 > y1 : x0 > x1;
  const rowAt = isSteep ? steepRow : shallowRow;
  for (let column = firstColumn; column <= lastColumn; column++) {
    const fine = isTurned ? rowAt(x1, y1, x0, y0, 5 * column + 2) : rowAt(x0, y0, x1, y1, 5 * column + 2);
    toggles.push(column * height + Math.min(Math.max(Math.ceil((fine - 2) / 5), 0), height));
  }
}

/** The upper of the fine rows at a fine column and the next, on an edge that is wider than high and
 * goes right.
 */
function shallowRow(xs: number, ys: number, xe: number, ye: number, column: number): number {
  const slope = (ye - ys) / (xe - xs);
  return Math.trunc(ys + slope * (slope < 0 ? column + 1 - xs : column - xs) + 0.5);
}

/** The upper of the fine rows between which an edge that is higher than wide, and goes down, passes
 * to the next column.
 */
function steepRow(xs: number, ys: number, xe: number, ye: number, column: number): number {
  const slope = (xe - xs) / (ye - ys);
  let step = Math.max(0, Math.floor((column + 0.5 - xs) / slope) - 1);
  while (Math.trunc(xs + slope * step + 0.5) > column === slope > 0) step--;
  while (Math.trunc(xs + slope * (step + 1) + 0.5) > column !== slope > 0) step++;
  return ys + step;
}

/** The outlines of a row-major bitmap's ones along pixel edges: a ring for each 4-connected region,
 * whose holes are joined to it by a cut of no width. Drawn by `runsFromRings` they give the bitmap
 * back, pixel for pixel. `within` is a box around all ones.
 */
export function ringsFromBitmap(bitmap: Uint8Array, { width, height }: Size, within: Box2d): number[][] {
  const isOne = (x: number, y: number) => x >= 0 && x < width && y >= 0 && y < height && bitmap[y * width + x] !== 0;
  const owner = new Map<number, number>();
  const loops: Loop[] = [];
  for (let y = within.ymin; y < within.ymax; y++) {
    for (let x = within.xmin; x < within.xmax; x++) {
      if (bitmap[y * width + x] === 0 || isOne(x, y - 1) || owner.has(y * width + x)) continue;
      loops.push(followLoop(x, y, isOne, (edgeX, edgeY) => owner.set(edgeY * width + edgeX, loops.length)));
    }
  }
  return joinHoles(loops, (x, y) => {
    while (isOne(x, y - 1)) y--;
    return owner.get(y * width + x)!;
  });
}

/** Goes around from the upper left corner of a one with none above, turning so that diagonal ones
 * stay apart.
 */
function followLoop(
  startX: number,
  startY: number,
  isOne: (x: number, y: number) => boolean,
  markTopEdge: (x: number, y: number) => void,
): Loop {
  const loop: Loop = { corners: [], isHole: false };
  let [x, y, dx, dy, turns] = [startX, startY, 1, 0, 0];
  do {
    if (dx === 1) markTopEdge(x, y);
    if (dx === -1 && (loop.ceiling === undefined || y < loop.ceiling.y)) loop.ceiling = { x: x - 1, y };
    x += dx;
    y += dy;
    const turn = nextTurn(x, y, dx, dy, isOne);
    if (turn === 0) continue;
    turns += turn;
    loop.corners.push(x, y);
    [dx, dy] = [-turn * dy, turn * dx];
  } while (x !== startX || y !== startY || dx !== 1);
  loop.isHole = turns < 0;
  return loop;
}

/** 1 to the right, -1 to the left, 0 straight on. */
function nextTurn(x: number, y: number, dx: number, dy: number, isOne: (x: number, y: number) => boolean): number {
  const ahead = (side: number) => isOne(x + (dx - side * dy - 1) / 2, y + (dy + side * dx - 1) / 2);
  if (!ahead(1)) return 1;
  return ahead(-1) ? -1 : 0;
}

/** A hole's ceiling hangs under an edge of the region's outline, or of a hole whose ceiling is
 * higher.
 */
function joinHoles(loops: readonly Loop[], ownerAbove: (x: number, y: number) => number): number[][] {
  const outlineOf = (loop: Loop): Loop =>
    loop.isHole ? outlineOf(loops[ownerAbove(loop.ceiling!.x, loop.ceiling!.y - 1)]!) : loop;
  const holes = loops.filter((loop) => loop.isHole).map((hole) => ({ hole, outline: outlineOf(hole) }));
  for (const { hole, outline } of holes) cutTo(hole.corners, outline.corners);
  return loops.filter((loop) => !loop.isHole).map((loop) => loop.corners);
}

/** Goes from the outline's last corner to the hole, around it, and back. */
function cutTo(hole: readonly number[], outline: number[]): void {
  const back = outline.slice(-2);
  for (const path of [hole, hole.slice(0, 2), back]) {
    for (const value of path) outline.push(value);
  }
}
