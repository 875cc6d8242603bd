/** The least limit of rows for each group under which `count` rows can be picked; the size of the
 * largest group where they are fewer, and 1 at least.
 * @param groups one key for each row that may be picked; null is a group of its own
 */
export function evenShare(groups: readonly (string | null)[], count: number): number {
  const sizes = new Map<string | symbol, number>();
  for (const group of groups) {
    const key = group ?? Symbol('alone');
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  let left = count;
  let open = sizes.size;
  for (const size of [...sizes.values()].sort((a, b) => a - b)) {
    if (size * open >= left) return Math.max(1, Math.ceil(left / open));
    left -= size;
    open--;
  }
  return Math.max(1, ...sizes.values());
}
