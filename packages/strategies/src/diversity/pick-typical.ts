import type { Metric } from './embeddings.ts';
import type { Clusters } from './lloyd.ts';
import type { Points } from './points.ts';
import { membersOf } from './members-of.ts';
import { typicality } from './typicality.ts';

/** A point, and why it was picked. */
export interface TypicalPick {
  readonly point: number;
  readonly typicality: number;
  readonly clusterSize: number;
  /** Labelled and picked points that its cluster had before. */
  readonly numCovered: number;
}

interface PickTypicalOptions {
  readonly count: number;
  /** Labelled points. */
  readonly without: Uint32Array;
  readonly numNeighbours: number;
  readonly metric: Metric | undefined;
}

/** The most typical point that is left of the cluster with the fewest labelled and picked points,
 * the largest of those, and so on. Typicality is worked out for the clusters whose turn comes. */
export function pickTypical(
  points: Points,
  clusters: Pick<Clusters, 'clusterOf' | 'squares'>,
  options: PickTypicalOptions,
): TypicalPick[] {
  const { clusterOf, squares } = clusters;
  const isTaken = new Uint8Array(points.numPoints);
  for (const point of options.without) isTaken[point] = 1;
  const groups = membersOf(clusterOf).map((members) => {
    const taken = members.filter((point) => isTaken[point] === 1).length;
    return { members, numCovered: taken, left: members.length - taken, typical: undefined as Float64Array | undefined };
  });
  const picks: TypicalPick[] = [];
  while (picks.length < options.count) {
    const group = groups
      .filter(({ left }) => left > 0)
      .reduce<(typeof groups)[number] | undefined>(
        (best, other) => (!best || isBefore(other, best) ? other : best),
        undefined,
      );
    if (!group) break;
    const { members } = group;
    const values = (group.typical ??= typicality(points, members, squares, options.numNeighbours, options.metric));
    let best = -1;
    members.forEach((point, place) => {
      if (isTaken[point] === 0 && (best < 0 || values[place]! > values[best]!)) best = place;
    });
    const point = members[best]!;
    picks.push({ point, typicality: values[best]!, clusterSize: members.length, numCovered: group.numCovered++ });
    isTaken[point] = 1;
    group.left--;
  }
  return picks;
}

interface Group {
  readonly members: Uint32Array;
  readonly numCovered: number;
}

function isBefore(a: Group, b: Group): boolean {
  return a.numCovered < b.numCovered || (a.numCovered === b.numCovered && a.members.length > b.members.length);
}
