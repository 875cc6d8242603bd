import { describe, expect, it } from 'vitest';
import {
  badge,
  kCenterGreedy,
  kMeansPlusPlus,
  maximalMarginalRelevance,
  probCover,
  typiClust,
  type Embeddings,
  type SelectedRows,
} from '../../src/index.ts';

/* What holds of every function that picks rows of embeddings. */

type PickRows = (embeddings: Embeddings, count: number, labelled?: number[]) => SelectedRows;

const numRowsOf = ({ matrix, dimensions }: Embeddings): number => matrix.length / dimensions;
const picks: Readonly<Record<string, PickRows>> = {
  kCenterGreedy: (embeddings, count, labelled = []) => kCenterGreedy(embeddings, { count, labelled }),
  kMeansPlusPlus: (embeddings, count, labelled = []) => kMeansPlusPlus(embeddings, { count, labelled }),
  badge: (embeddings, count, labelled = []) => {
    const probabilities = Float64Array.from({ length: numRowsOf(embeddings) * 2 }, (_, i) =>
      i % 2 === 0 ? 0.75 : 0.25,
    );
    return badge(embeddings, { count, labelled, probabilities, numClasses: 2 });
  },
  typiClust: (embeddings, count, labelled = []) => typiClust(embeddings, { count, labelled }),
  probCover: (embeddings, count, labelled = []) => probCover(embeddings, { count, labelled, radius: 1 }),
  maximalMarginalRelevance: (embeddings, count, labelled = []) => {
    const scores = new Float64Array(numRowsOf(embeddings)).fill(0.5);
    return maximalMarginalRelevance(embeddings, { count, labelled, scores });
  },
};

const embeddings = { matrix: Float32Array.of(1, 2, NaN, 3, 4, 1, 1, 2, Infinity, 0, 5, 5), dimensions: 2 };

describe.each(Object.keys(picks))('%s', (name) => {
  const pick = picks[name]!;

  it('picks all rows that have a vector and no label, however many are wanted', () => {
    for (const count of [4, 2 ** 40, Number.MAX_SAFE_INTEGER]) {
      expect([...pick(embeddings, count).rows].sort()).toEqual([0, 2, 3, 5]);
      expect([...pick(embeddings, count, [2, 2, 1]).rows].sort()).toEqual([0, 3, 5]);
    }
  });

  it('picks nothing where nothing is wanted, there are no rows, or none that can be picked', () => {
    expect(pick(embeddings, 0)).toHaveLength(0);
    expect(pick({ matrix: new Float32Array(), dimensions: 3 }, 2)).toHaveLength(0);
    expect(pick({ matrix: Float32Array.of(NaN, NaN), dimensions: 1 }, 2)).toHaveLength(0);
    expect(pick(embeddings, 2, [0, 2, 3, 5])).toHaveLength(0);
  });

  it('explains each pick, and refuses invalid labelled rows', () => {
    for (const { reason, scores } of pick(embeddings, 9)) {
      expect(reason.length).toBeGreaterThan(0);
      expect(Object.values(scores).every((value) => !Number.isNaN(value))).toBe(true);
    }
    for (const row of [-1, 6, 0.5, NaN]) expect(() => pick(embeddings, 1, [row])).toThrow(RangeError);
  });
});
