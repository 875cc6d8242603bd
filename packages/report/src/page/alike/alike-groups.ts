import type { Slices } from '../slices.ts';
import { squareWithin } from './cell-vectors.ts';
import type { CellVectors } from './cell-vectors.ts';
import { nearestPivots } from './nearest-pivots.ts';
import type { NearestPivots } from './nearest-pivots.ts';

/** Cells after which the work may rest. */
const atOnce = 128;

/** Groups of cells that are nearly the same, by their first cell: a cell that is at most `far` from
 * the first of a group before it is in that group, of several in the nearest; else it begins one of
 * its own, and so does a cell without a vector.
 *
 * Exact up to 4,000 cells. Above that a cell is held only against those that are near to the same
 * cells as it is, which misses few (docs/report.md says how many).
 */
export function createAlikeGroups(vectors: CellVectors): (far: number) => Slices<Int32Array> {
  const { numbers, dimensions, step, has } = vectors;
  const count = numbers.length / dimensions;
  const finding = nearestPivots(vectors);
  let pivots: NearestPivots | undefined;
  return function* (far) {
    // What another distance has begun goes on.
    pivots ??= yield* finding;
    const groups = new Int32Array(count);
    const firsts: number[][] = Array.from({ length: pivots.numPivots }, () => []);
    const most = (far / step) ** 2;
    for (let from = 0; from < count; from += atOnce) {
      groupPart(from, Math.min(count, from + atOnce), { pivots, groups, firsts, most });
      yield;
    }
    return groups;
  };

  function groupPart(from: number, to: number, { pivots: near, groups, firsts, most }: Grouping): void {
    const { places, probes } = near;
    for (let index = from; index < to; index++) {
      groups[index] = index;
      if (!has(index)) continue;
      let [nearest, least] = [-1, most];
      for (let probe = 0; probe < probes; probe++)
        for (const first of firsts[places[index * probes + probe]!]!) {
          const square = squareWithin(numbers, dimensions, index, first, least);
          if (square < least || (square === least && nearest < 0)) [nearest, least] = [first, square];
        }
      if (nearest >= 0) groups[index] = nearest;
      else firsts[places[index * probes]!]!.push(index);
    }
  }
}

/** What is grouped so far. */
interface Grouping {
  readonly pivots: NearestPivots;
  readonly groups: Int32Array;
  /** By the nearest pivot: cells that begin a group. */
  readonly firsts: readonly number[][];
  /** The square of the distance, in steps. */
  readonly most: number;
}
