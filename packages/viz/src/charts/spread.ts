/** Places near these values, in their order, that are `gap` apart at least: what overlaps is pushed
 * apart evenly, and what lies beyond the bounds is moved within them, which have room for all.
 * @example spread([0, 0, 5], 2) // [-1, 1, 5]
 */
export function spread(
  values: readonly number[],
  gap: number,
  [low, high]: readonly [low: number, high: number] = [-Infinity, Infinity],
): number[] {
  const startOf = ({ wanted, members }: Block): number => {
    const length = (members.length - 1) * gap;
    return Math.max(low, Math.min(wanted - length / 2, high - length));
  };
  const endOf = (block: Block): number => startOf(block) + (block.members.length - 1) * gap;
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  // A block lies around the mean of what its members want.
  const blocks: Block[] = [];
  for (const member of order) {
    let block: Block = { wanted: values[member]!, members: [member] };
    for (let last = blocks.at(-1); last && endOf(last) + gap > startOf(block); last = blocks.at(-1)) {
      blocks.pop();
      const [a, b] = [last.members.length, block.members.length];
      block = { wanted: (last.wanted * a + block.wanted * b) / (a + b), members: [...last.members, ...block.members] };
    }
    blocks.push(block);
  }
  const places = [...values];
  for (const block of blocks) block.members.forEach((member, i) => (places[member] = startOf(block) + i * gap));
  return places;
}

/** Neighbours that would overlap. */
interface Block {
  /** Where its middle is to be. */
  readonly wanted: number;
  readonly members: readonly number[];
}
