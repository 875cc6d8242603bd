/** Cells that stand for others, and which. */
export interface FoldedCells {
  /** In order, without those that are folded. */
  readonly kept: readonly number[];
  /** By the cell that stands for them: cells that are folded, in order. */
  readonly under: ReadonlyMap<number, readonly number[]>;
}

const nothing: ReadonlyMap<number, readonly number[]> = new Map();

/** Of these cells the first of each group, which stands for the others.
 * @param groups of each cell, by one of its cells; all are kept when null
 */
export function foldCells(order: readonly number[], groups: Int32Array | null): FoldedCells {
  if (!groups) return { kept: order, under: nothing };
  const firsts = new Int32Array(groups.length).fill(-1);
  const under = new Map<number, number[]>();
  const kept: number[] = [];
  for (const index of order) {
    const first = firsts[groups[index]!]!;
    if (first < 0) {
      firsts[groups[index]!] = index;
      kept.push(index);
      continue;
    }
    const folded = under.get(first);
    if (folded) folded.push(index);
    else under.set(first, [index]);
  }
  return { kept, under };
}
