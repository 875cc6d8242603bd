/** The points of each cluster, ascending. */
export function membersOf(clusterOf: Uint32Array): Uint32Array[] {
  const sizes = new Uint32Array(clusterOf.reduce((most, cluster) => Math.max(most, cluster + 1), 0));
  for (const cluster of clusterOf) sizes[cluster]!++;
  const members = Array.from(sizes, (size) => new Uint32Array(size));
  sizes.fill(0);
  clusterOf.forEach((cluster, point) => {
    members[cluster]![sizes[cluster]!++] = point;
  });
  return members;
}
