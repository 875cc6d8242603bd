import type { Box2d } from './box2d.ts';
import type { Size } from './geometry.ts';

interface Loop {
  /** Corners x, y, x, y, ... along pixel edges, ones always on the right hand. */
  readonly corners: number[];
  /** Leftmost corner of its topmost edge that has ones above, which a hole has; absent where there is none. */
  ceiling?: { readonly x: number; readonly y: number };
  isHole: boolean;
}

/** The outlines of a row-major bitmap's ones along pixel edges: a ring for each 4-connected region, whose holes are
 * joined to it by a cut of no width. Drawn by `runsFromRings` they give the bitmap back, pixel for pixel. `within` is a box around all ones.
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

/** Goes around from the upper left corner of a one with none above, turning so that diagonal ones stay apart. */
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

/** A hole's ceiling hangs under an edge of the region's outline, or of a hole whose ceiling is higher. */
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
