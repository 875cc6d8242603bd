/** Places near these values, in their order, that are `gap` apart at least: what overlaps is pushed
 * apart evenly.
 * @example spread([0, 0, 5], 2) // [-1, 1, 5]
 */
export function spread(values: readonly number[], gap: number): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  // Neighbours that would overlap form a block, which lies around the mean of what its members
  // want.
  const blocks: { wanted: number; members: number[] }[] = [];
  for (const member of order) {
    let block = { wanted: values[member]!, members: [member] };
    for (let last = blocks.at(-1); last && endOf(last, gap) + gap > startOf(block, gap); last = blocks.at(-1)) {
      blocks.pop();
      const [a, b] = [last.members.length, block.members.length];
      block = { wanted: (last.wanted * a + block.wanted * b) / (a + b), members: [...last.members, ...block.members] };
    }
    blocks.push(block);
  }
  const places = [...values];
  for (const block of blocks) block.members.forEach((member, i) => (places[member] = startOf(block, gap) + i * gap));
  return places;
}

function startOf({ wanted, members }: { wanted: number; members: readonly number[] }, gap: number): number {
  return wanted - ((members.length - 1) * gap) / 2;
}

function endOf(block: { wanted: number; members: readonly number[] }, gap: number): number {
  return startOf(block, gap) + (block.members.length - 1) * gap;
}
