import type { Size } from './geometry.ts';
import { mergeRuns, runsFromToggles } from './mask-runs.ts';

/** A ring of a polygon: x, y, x, y, ... in pixels, closed by itself. */
export type Ring = readonly number[];

/** The column-major runs of the union of rings, pixel for pixel as `rleFrPoly` of cocoapi's maskApi.c draws them:
 * edges are traced on a grid five times as fine, and a column changes where an edge passes its middle.
 */
export function runsFromRings(rings: readonly Ring[], size: Size): Uint32Array {
  const [first = Uint32Array.of(size.width * size.height), ...rest] = rings.map((ring) => runsFromRing(ring, size));
  return rest.reduce((merged, runs) => mergeRuns(merged, runs, 'union'), first);
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
  const row = right - left >= Math.abs(y1 - y0) ? shallowEdge(x0, y0, x1, y1) : steepEdge(x0, y0, x1, y1);
  for (let column = firstColumn; column <= lastColumn; column++) {
    const y = Math.ceil((row(5 * column + 2) - 2) / 5);
    toggles.push(column * height + Math.min(Math.max(y, 0), height));
  }
}

/** The upper of an edge's two fine rows at a fine column and the next, for an edge that is wider than high. */
function shallowEdge(x0: number, y0: number, x1: number, y1: number): (fine: number) => number {
  const [xs, ys, xe, ye] = x0 > x1 ? [x1, y1, x0, y0] : [x0, y0, x1, y1];
  const slope = (ye - ys) / (xe - xs);
  return (fine) => Math.trunc((slope < 0 ? ys + slope * (fine + 1 - xs) : ys + slope * (fine - xs)) + 0.5);
}

/** The upper of the two fine rows between which an edge, higher than wide, goes from a fine column to the next. */
function steepEdge(x0: number, y0: number, x1: number, y1: number): (fine: number) => number {
  const [xs, ys, xe, ye] = y0 > y1 ? [x1, y1, x0, y0] : [x0, y0, x1, y1];
  const slope = (xe - xs) / (ye - ys);
  const isPast = (step: number, fine: number) => Math.trunc(xs + slope * step + 0.5) > fine === slope > 0;
  return (fine) => {
    let step = Math.max(0, Math.floor((fine + 0.5 - xs) / slope) - 1);
    while (isPast(step, fine)) step--;
    while (!isPast(step + 1, fine)) step++;
    return ys + step;
  };
}
