import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createRandom,
  kCenterGreedy,
  kMeans,
  probCover,
  probCoverRadius,
  selectBatch,
  typiClust,
} from '../../src/index.ts';
import type { Embeddings } from '../../src/index.ts';
import { ascending } from './columns.ts';

/** Points in a plane, about 1 of 12 without a vector. */
function pointsOf(seed: number, count: number): Embeddings {
  const next = createRandom(seed);
  const matrix = Float64Array.from({ length: 2 * count }, () => Math.round(100 * next()));
  for (let row = 0; row < count; row++) if (next() < 1 / 12) matrix[2 * row] = NaN;
  return { matrix, dimensions: 2 };
}

/** Squared, which of whole numbers is exact: equal distances are equal. */
const distance = ({ matrix }: Embeddings, a: number, b: number): number =>
  (matrix[2 * a]! - matrix[2 * b]!) ** 2 + (matrix[2 * a + 1]! - matrix[2 * b + 1]!) ** 2;

/** Farthest first, by the formula: every row, every time. */
function plainPicks(
  embeddings: Embeddings,
  of: { values: number[]; candidates: number; count: number; labelled: number[]; groups: string[]; most: number },
): number[] {
  const { values, candidates, count, labelled, groups, most } = of;
  const ranked = [...values.keys()].filter((row) => !labelled.includes(row)).sort((a, b) => values[a]! - values[b]!);
  const isThere = (row: number): boolean => !Number.isNaN(embeddings.matrix[2 * row]);
  const left = new Set(ranked.slice(0, candidates).filter(isThere));
  const picked: number[] = [];
  const nearest = (row: number): number =>
    Math.min(...[...labelled.filter(isThere), ...picked].map((other) => distance(embeddings, row, other)));
  while (left.size > 0 && picked.length < count) {
    for (const row of left)
      if (picked.filter((other) => groups[other] === groups[row]).length >= most) left.delete(row);
    const [first, ...others] = left;
    if (first === undefined) break;
    const farthest = others.reduce((best, row) => (nearest(row) > nearest(best) ? row : best), first);
    picked.push(farthest);
    left.delete(farthest);
  }
  return picked;
}

describe('selectBatch with diverse', () => {
  it('is farthest first among the first by rank, under limits, from labelled and picked rows', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 10 }),
        fc.integer({ min: 1, max: 3 }),
        (seed, numRows, candidates, count, most) => {
          const embeddings = pointsOf(seed, numRows);
          const next = createRandom(seed + 1);
          const values = Array.from({ length: numRows }, next);
          const groups = values.map(() => `g${Math.floor(4 * next())}`);
          const labelled = [...values.keys()].filter(() => next() < 0.1);
          const of = { values, candidates, count, labelled, groups, most };
          const { rows } = selectBatch(ascending(values), {
            ...{ count, labelled, groups, maxPerGroup: most },
            diverse: { embeddings, candidates, metric: 'euclidean' },
          });
          expect([...rows]).toEqual(plainPicks(embeddings, of));
        },
      ),
    );
  });

  it('among all rows, and far from labelled ones, is kCenterGreedy', () => {
    const next = createRandom(5);
    const embeddings = { matrix: Float32Array.from({ length: 200 * 8 }, () => next() - 0.5), dimensions: 8 };
    const values = Array.from({ length: 200 }, next);
    const options = { count: 20, labelled: [3, 77] };
    const { rows } = selectBatch(ascending(values), { ...options, diverse: { embeddings, candidates: 200 } });
    expect([...rows]).toEqual([...kCenterGreedy(embeddings, { ...options, metric: 'cosine' }).rows]);
  });

  const embeddings = { matrix: Float32Array.of(1, 0, 1, 0.1, NaN, 0, 0, 1, -1, 0), dimensions: 2 };
  const values = [0.3, 0.1, 0.2, 0.4, 0.5];

  it('begins with the first by rank, and says how far each pick is from those before', () => {
    const picks = selectBatch(ascending(values), { count: 3, diverse: { embeddings } });
    expect([...picks.rows]).toEqual([1, 4, 3]);
    expect(picks.at(0)!.reason).toBe('the first, with no row before it to be far from: 1st by margin (0.100)');
    expect(picks.at(1)!.reason).toBe('2.00 from the nearest labelled or picked row: 5th by margin (0.500)');
    expect(picks.at(2)!.scores['distance']).toBeCloseTo(1 - 0.1 / Math.hypot(1, 0.1), 6);
  });

  it('takes ten candidates for each pick where nobody says how many', () => {
    const many = { matrix: Float64Array.from({ length: 50 }, (_, row) => row), dimensions: 1 };
    const values = Array.from({ length: 50 }, (_, row) => row);
    const { rows } = selectBatch(ascending(values), { count: 2, diverse: { embeddings: many, metric: 'euclidean' } });
    expect([...rows]).toEqual([0, 19]);
  });

  it('passes over what a limit forbids, and says so', () => {
    const groups = ['a', 'a', 'a', 'b', 'a'];
    const picks = selectBatch(ascending(values), { count: 2, groups, diverse: { embeddings } });
    expect([...picks.rows]).toEqual([1, 3]);
    expect(picks.at(1)!.reason).toMatch(/: 4th by margin \(0.400\), passing over 1 of group a$/);
  });

  it.each([
    ['balance', { balance: true, classes: ['a', 'a', 'b', 'b', 'b'] }, 'diverse and balance'],
    ['minimums', { quotas: { a: { min: 1 } }, classes: ['a', 'a', 'b', 'b', 'b'] }, 'diverse and minimums'],
  ])('with %s is a RangeError', (_, options, message) => {
    expect(() => selectBatch(ascending(values), { count: 2, ...options, diverse: { embeddings } })).toThrow(message);
  });

  it('without one vector for each row is a RangeError', () => {
    const diverse = { embeddings: { matrix: new Float32Array(4), dimensions: 2 } };
    expect(() => selectBatch(ascending(values), { count: 2, diverse })).toThrow('2 embeddings for 5 rows');
    const wrong = { embeddings, candidates: 0 };
    expect(() => selectBatch(ascending(values), { count: 2, diverse: wrong })).toThrow('candidates of diverse');
  });

  describe('by the method', () => {
    const next = createRandom(9);
    const many = { matrix: Float32Array.from({ length: 300 }, () => next() - 0.5), dimensions: 3 };
    const doubts = Array.from({ length: 100 }, (_, row) => row);
    const given = { count: 8, labelled: [2, 90] };
    const [first, labelled] = [Array.from({ length: 41 }, (_, row) => row).filter((row) => row !== 2), [40, 41]];
    // The candidates, and then what is labelled.
    const some = {
      matrix: Float32Array.from([...first, 2, 90].flatMap((row) => [...many.matrix.subarray(3 * row, 3 * row + 3)])),
      dimensions: 3,
    };
    const ofCandidates = (rows: Uint32Array): number[] => Array.from(rows, (row) => first[row]!);

    it('typical takes what typiClust takes of the candidates', () => {
      const diverse = { embeddings: many, candidates: 40, method: 'typical' } as const;
      const picks = selectBatch(ascending(doubts), { ...given, diverse });
      const { rows } = typiClust(some, { count: 8, labelled, metric: 'cosine' });
      expect([...picks.rows]).toEqual(ofCandidates(rows));
      expect(picks.at(0)!.reason).toMatch(/^the most typical row left in a cluster of \d+ with .*: \d+\w\w by margin/);
      expect(picks.at(0)!.scores).not.toHaveProperty('distance');
    });

    it('coverage takes what probCover takes, at the radius of pure clusters or at one that is given', () => {
      const diverse = { embeddings: many, candidates: 40, method: 'coverage' } as const;
      const { clusters } = kMeans(some, { numClusters: 10, metric: 'cosine' });
      const pure = probCoverRadius(some, clusters, { metric: 'cosine' });
      for (const radius of [undefined, 0.4]) {
        const { rows } = probCover(some, { count: 8, labelled, metric: 'cosine', radius: radius ?? pure });
        const choice = radius === undefined ? diverse : { ...diverse, radius };
        expect([...selectBatch(ascending(doubts), { ...given, diverse: choice }).rows]).toEqual(ofCandidates(rows));
      }
    });

    it.each(['typical', 'coverage'] as const)('%s takes from rows that are all alike, or lack vectors', (method) => {
      const alike = { matrix: new Float32Array(20).fill(1), dimensions: 2 };
      alike.matrix[0] = NaN;
      const values = Array.from({ length: 10 }, (_, row) => row);
      const picks = selectBatch(ascending(values), { count: 3, diverse: { embeddings: alike, method } });
      expect(picks.rows).toHaveLength(3);
      expect([...picks.rows]).not.toContain(0);
    });

    it.each<[string, Parameters<typeof selectBatch>[1], string]>([
      ['none', { diverse: { embeddings, method: 'far' as never } }, 'the method of diverse is "far"; expected'],
      ['typical with groups', { groups: values, diverse: { embeddings, method: 'typical' } }, 'goes with no groups'],
      ['k-center with a radius', { diverse: { embeddings, radius: 1 } }, "radius is for the method 'coverage'"],
    ])('%s is a RangeError', (_, options, message) => {
      expect(() => selectBatch(ascending(values), { count: 2, ...options })).toThrow(message);
    });
  });
});
