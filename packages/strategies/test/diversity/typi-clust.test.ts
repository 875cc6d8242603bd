import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pickTypical } from '../../src/diversity/pick-typical.ts';
import { createPoints } from '../../src/diversity/points.ts';
import { createRandom, kMeans, typiClust } from '../../src/index.ts';
import { float32Of, hasVector, holedRows, orders, squaredDistance } from './arbitraries.ts';
import { embeddingsOf, fixture } from './fixture.ts';

describe.each(fixture.typiClusts)('pickTypical($data, labelled $labelled, $neighbours neighbours)', (row) => {
  it(`is what TypiClust of scikit-activeml ${fixture.versions['scikit-activeml']} picks from the same clusters`, () => {
    const { labelled, neighbours, clusters, picks, typicality } = row;
    const length = clusters.length;
    const points = createPoints('test', embeddingsOf(fixture.data[row.data]!), {}, { numCentres: length });
    const found = { clusterOf: Uint32Array.from(clusters), squares: new Float64Array(length) };
    const options = {
      count: picks.length,
      without: Uint32Array.from(labelled),
      numNeighbours: neighbours,
      metric: undefined,
    };
    const got = pickTypical(points, found, options);
    expect(got.map(({ point }) => point)).toEqual(picks);
    // It adds 1e-7 to the sum of distances.
    got.forEach((pick, place) => {
      expect(pick.typicality).toBeCloseTo(typicality[place]!, 5);
    });
  });
});

/** The definition, without any short cut, on the clusters that kMeans finds. */
function typicalRows(
  rows: readonly (readonly number[])[],
  clusters: Int32Array,
  labelled: ReadonlySet<number>,
  count: number,
  numNeighbours: number,
): number[] {
  const covered = new Map<number, number>();
  const members = (cluster: number): number[] => [...rows.keys()].filter((row) => clusters[row] === cluster);
  const taken = new Set(labelled);
  for (const row of taken) covered.set(clusters[row]!, (covered.get(clusters[row]!) ?? 0) + 1);
  const picks: number[] = [];
  while (picks.length < count) {
    const open = [...new Set(clusters)].filter(
      (cluster) => cluster >= 0 && members(cluster).some((row) => !taken.has(row)),
    );
    open.sort(
      (a, b) => (covered.get(a) ?? 0) - (covered.get(b) ?? 0) || members(b).length - members(a).length || a - b,
    );
    const [cluster] = open;
    if (cluster === undefined) break;
    const typicality = (row: number): number => {
      const distances = members(cluster).filter((other) => other !== row).map((other) => Math.sqrt(squaredDistance(rows[row]!, rows[other]!))); // prettier-ignore
      const nearest = distances.sort((a, b) => a - b).slice(0, numNeighbours);
      return nearest.length === 0 ? Infinity : nearest.length / nearest.reduce((sum, distance) => sum + distance, 0);
    };
    const left = members(cluster).filter((row) => !taken.has(row));
    const pick = left.reduce((best, row) => (typicality(row) > typicality(best) ? row : best));
    covered.set(cluster, (covered.get(cluster) ?? 0) + 1);
    taken.add(pick);
    picks.push(pick);
  }
  return picks;
}

it('typiClust(embeddings) is the definition on clusters of kMeans', () => {
  fc.assert(
    fc.property(
      holedRows,
      fc.nat(9),
      fc.nat(),
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.nat(1000), { maxLength: 3 }),
      (rows, count, seed, numNeighbours, some) => {
        const labelled = [...new Set(some.map((value) => value % rows.length))].filter((row) => hasVector(rows[row]!));
        const embeddings = float32Of(rows);
        const before = embeddings.matrix.slice();
        const got = typiClust(embeddings, { count, seed, numNeighbours, labelled });
        expect(embeddings.matrix).toEqual(before);
        const numClusters = labelled.length + count;
        if (numClusters === 0) return;
        const { clusters } = kMeans(embeddings, { numClusters, seed });
        expect([...got.rows]).toEqual(typicalRows(rows, clusters, new Set(labelled), count, numNeighbours));
      },
    ),
  );
});

it('typiClust(large embeddings) finds the nearest neighbours that comparing all finds', () => {
  const random = createRandom(8);
  const rows = Array.from({ length: 2500 }, (_, row) => Array.from({ length: 8 }, () => (row % 5) * 2 + random() ** 3));
  const embeddings = float32Of(rows.map((row) => [...Float32Array.from(row)]));
  const { clusters } = kMeans(embeddings, { numClusters: 5 });
  for (const { row, scores } of typiClust(embeddings, { count: 5 })) {
    const members = rows.filter((_, other) => clusters[other] === clusters[row] && other !== row);
    const distances = members.map((other) => Math.sqrt(squaredDistance(rows[row]!, other))).sort((a, b) => a - b);
    expect(scores['typicality']).toBeCloseTo(20 / distances.slice(0, 20).reduce((sum, x) => sum + x, 0), 5);
  }
});

it('typiClust(embeddings, { ids }) names the same ids whatever the order of the rows', () => {
  fc.assert(
    fc.property(orders, fc.nat(6), ([rows, order], count) => {
      const first = typiClust(float32Of(rows), { count, ids: [...rows.keys()], labelled: [0] });
      const shuffled = order.map((row) => rows[row]!);
      const second = typiClust(float32Of(shuffled), { count, ids: order, labelled: [order.indexOf(0)] });
      expect(Array.from(second.rows, (row) => order[row])).toEqual([...first.rows]);
    }),
  );
});

it('typiClust(embeddings, { maxClusters }) picks on in clusters that have picks, and says so', () => {
  const rows = [[0], [1], [2], [9], [9.5]]; // prettier-ignore
  const got = typiClust(float32Of(rows), { count: 3, maxClusters: 2 });
  expect([...got.rows]).toEqual([1, 3, 0]);
  expect(got.at(0)).toMatchObject({
    reason: 'the most typical row left in a cluster of 3 with no label or pick',
    scores: { typicality: 1, clusterSize: 3 },
  });
  expect(got.at(2)?.reason).toBe('the most typical row left in a cluster of 3 with 1 label or pick');
});

it.each([
  [{ count: -1 }, 'typiClust: count is -1'],
  [{ count: 1, numNeighbours: 0 }, 'typiClust: numNeighbours is 0; expected a whole number of 1 or more'],
  [{ count: 1, maxClusters: 0 }, 'maxClusters is 0'],
  [{ count: 1, labelled: [7] }, 'typiClust: labelled row 7'],
])('typiClust(embeddings, %j) throws a RangeError', (options, message) => {
  expect(() => typiClust(float32Of([[0], [1]]), options)).toThrow(message);
});
