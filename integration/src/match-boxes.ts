/** One box of a ranked list. */
export interface RankedBox {
  readonly image: string;
  readonly box: readonly [number, number, number, number];
  readonly label: string;
  readonly score: number;
}

/** For each box of `ours` the row of `theirs` that `same` accepts and that lies closest, or -1;
 * each row once.
 */
export function matchBoxes(
  ours: readonly RankedBox[],
  theirs: readonly RankedBox[],
  same: (a: RankedBox, b: RankedBox) => boolean,
): number[] {
  const free = new Map<string, Set<number>>();
  theirs.forEach((box, row) => free.set(key(box), (free.get(key(box)) ?? new Set<number>()).add(row)));
  return ours.map((box) => {
    const rows = free.get(key(box)) ?? new Set<number>();
    const [row] = [...rows]
      .filter((candidate) => same(box, theirs[candidate]!))
      .sort((a, b) => cornerDistance(box, theirs[a]!) - cornerDistance(box, theirs[b]!));
    if (row === undefined) return -1;
    rows.delete(row);
    return row;
  });
}

function key({ image, label }: RankedBox): string {
  return `${image}|${label}`;
}

/** The largest distance between the same corner's coordinates of two boxes, in pixels. */
export function cornerDistance(a: RankedBox, b: RankedBox): number {
  return Math.max(...a.box.map((value, index) => Math.abs(value - b.box[index]!)));
}
