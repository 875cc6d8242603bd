import type { Size } from './geometry.ts';
import { runsFromToggles } from './mask-runs.ts';
import { mergeRuns } from './mask-spans.ts';

/** A ring of a polygon: x, y, x, y, ... in pixels, closed by itself. */
export type Ring = readonly number[];

/** The column-major runs of the union of rings, pixel for pixel as `rleFrPoly` of cocoapi's maskApi.c draws them:
 * edges are traced on a grid five times as fine, and a column changes where an edge passes its middle.
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

/** Appends the position of each middle of a column (between 5n + 2 and 5n + 3 on the fine grid) that the edge passes.
 * An edge gives the same positions in both directions.
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

/** The upper of the fine rows at a fine column and the next, on an edge that is wider than high and goes right. */
function shallowRow(xs: number, ys: number, xe: number, ye: number, column: number): number {
  const slope = (ye - ys) / (xe - xs);
  return Math.trunc(ys + slope * (slope < 0 ? column + 1 - xs : column - xs) + 0.5);
}

/** The upper of the fine rows between which an edge that is higher than wide, and goes down, passes to the next column. */
function steepRow(xs: number, ys: number, xe: number, ye: number, column: number): number {
  const slope = (xe - xs) / (ye - ys);
  let step = Math.max(0, Math.floor((column + 0.5 - xs) / slope) - 1);
  while (Math.trunc(xs + slope * step + 0.5) > column === slope > 0) step--;
  while (Math.trunc(xs + slope * (step + 1) + 0.5) > column !== slope > 0) step++;
  return ys + step;
}
