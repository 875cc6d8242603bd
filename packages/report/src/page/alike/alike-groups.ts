import { squareWithin } from './cell-vectors.ts';
import type { CellVectors } from './cell-vectors.ts';
import { nearestPivots } from './nearest-pivots.ts';

/** Groups of cells that are nearly the same, by their first cell: a cell that is at most `far` from
 * the first of a group before it is in that group, of several in the nearest; else it begins one of
 * its own, and so does a cell without a vector.
 *
 * Exact up to 4,000 cells. Above that a cell is held only against those that are near to the same
 * cells as it is, which misses few (docs/report.md says how many).
 */
export function createAlikeGroups(vectors: CellVectors): (far: number) => Int32Array {
  const { numbers, dimensions, step, has } = vectors;
  const count = numbers.length / dimensions;
  let pivots: ReturnType<typeof nearestPivots> | undefined;
  let last: { readonly far: number; readonly groups: Int32Array } | undefined;
  return (far) => {
    if (last?.far === far) return last.groups;
    pivots ??= nearestPivots(vectors);
    const { places, probes, numPivots } = pivots;
    const most = (far / step) ** 2;
    const firsts: number[][] = Array.from({ length: numPivots }, () => []);
    const groups = new Int32Array(count);
    for (let index = 0; index < count; index++) {
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
    last = { far, groups };
    return groups;
  };
}
