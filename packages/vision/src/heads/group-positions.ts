/** Positions 0..n-1 of `order`, group by group and in order within each; group `g` ends before
 * `ends[g]`.
 */
export interface GroupedPositions {
  readonly positions: Int32Array;
  readonly ends: readonly number[];
}

export function groupPositions(order: Int32Array, groups: Int32Array | undefined): GroupedPositions {
  const positions = new Int32Array(order.length);
  if (groups === undefined) return { positions: positions.map((_, position) => position), ends: [order.length] };

  const indexOf = new Map<number, number>();
  const ends: number[] = [];
  for (const row of order) {
    const group = groups[row]!;
    const index = indexOf.get(group) ?? ends.length;
    if (index === ends.length) {
      indexOf.set(group, index);
      ends.push(0);
    }
    ends[index]!++;
  }
  let start = 0;
  for (let group = 0; group < ends.length; group++) {
    const size = ends[group]!;
    ends[group] = start;
    start += size;
  }
  for (let position = 0; position < order.length; position++) {
    const group = indexOf.get(groups[order[position]!]!)!;
    positions[ends[group]!++] = position;
  }
  return { positions, ends };
}
