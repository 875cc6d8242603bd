/** The boxes of one group that others are compared with. */
export interface KeptOfGroup {
  clear(): void;
  /** Whether the box that starts at `boxes[at]` is kept: better ones came before. */
  add(boxes: Float32Array, at: number): boolean;
}

/** Suppression box by box, the best first, so that nobody need read more boxes than are wanted. */
export interface GroupSuppressor {
  clear(): void;
  keeps(boxes: Float32Array, at: number, group: number): boolean;
}

/** Each group by itself, in memory that is kept between images.
 * @param createGroup is called when a group's first box comes.
 */
export function createGroupSuppressor(numGroups: number, createGroup: () => KeptOfGroup): GroupSuppressor {
  const groups = Array.from({ length: numGroups }, (): KeptOfGroup | null => null);
  const isUsed = new Uint8Array(numGroups);

  return {
    clear: () => isUsed.fill(0),
    keeps: (boxes, at, group) => {
      const kept = (groups[group] ??= createGroup());
      if (isUsed[group] === 0) kept.clear();
      isUsed[group] = 1;
      return kept.add(boxes, at);
    },
  };
}
