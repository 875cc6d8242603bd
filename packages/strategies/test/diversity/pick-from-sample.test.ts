import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, kCenterGreedy, pickFromSample, probCover, typiClust } from '../../src/index.ts';
import type { Embeddings } from '../../src/index.ts';
import { float32Of, gridRows } from './arbitraries.ts';

const random = createRandom(3);
/** Four groups of 250 rows in the plane. */
const matrix = Float32Array.from({ length: 2000 }, (_, i) => 10 * ((((i >> 1) % 4) >> (i % 2)) & 1) + random());
const embeddings = { matrix, dimensions: 2 };
const groupOf = (row: number): number => row % 4;

describe('pickFromSample(embeddings, { size, seed }, pick)', () => {
  it('finds what many rows have in common', () => {
    for (const pick of [
      (sample: Embeddings) => typiClust(sample, { count: 4, seed: 1 }),
      (sample: Embeddings) => probCover(sample, { count: 4, radius: 1.5 }),
    ]) {
      const { rows } = pickFromSample(embeddings, { size: 60, seed: 1 }, pick);
      expect([...rows].map(groupOf).sort()).toEqual([0, 1, 2, 3]);
    }
  });

  it('draws other rows for another seed, each about as often as any other', () => {
    const hits = new Uint32Array(1000);
    for (let seed = 0; seed < 200; seed++) {
      pickFromSample(embeddings, { size: 100, seed }, (sample) => {
        for (const row of sample.rows) hits[row]!++;
        return kCenterGreedy(sample, { count: 0 });
      });
    }
    // Each is drawn 20 times in the mean, with a variance of 200 x .1 x .9 = 18.
    const variance = hits.reduce((sum, times) => sum + (times - 20) ** 2, 0) / hits.length;
    expect(variance).toBeGreaterThan(15);
    expect(variance).toBeLessThan(21);
  });

  it('of all rows gives the exact picks, and says that it was a sample', () => {
    fc.assert(
      fc.property(gridRows, fc.integer(), (rows, seed) => {
        const whole = float32Of(rows);
        const exact = kCenterGreedy(whole, { count: 5 });
        const picks = pickFromSample(whole, { size: rows.length, seed }, (sample) =>
          kCenterGreedy(sample, { count: 5 }),
        );
        expect([...picks.rows]).toEqual([...exact.rows]);
        expect(picks.at(0)?.scores).toEqual(exact.at(0)?.scores);
      }),
    );
    const [pick] = pickFromSample(embeddings, { size: 10, seed: 1 }, (sample) => kCenterGreedy(sample, { count: 1 }));
    expect(pick!.reason).toMatch(/, of 10 rows drawn by chance$/);
  });

  it('has all labelled rows beside those drawn, and never picks them', () => {
    const labelled = [5, 900, 5];
    const picks = pickFromSample(embeddings, { size: 20, seed: 2, labelled }, (sample) => {
      expect([...sample.labelled].map((place) => sample.rows[place])).toEqual([5, 900]);
      expect(sample.rows).toHaveLength(22);
      expect([...sample.matrix.subarray(0, 2)]).toEqual([
        ...matrix.subarray(2 * sample.rows[0]!, 2 * sample.rows[0]! + 2),
      ]);
      return kCenterGreedy(sample, { count: 20, labelled: sample.labelled });
    });
    expect(picks.rows).toHaveLength(20);
    expect([...picks.rows]).not.toContain(900);
  });

  it('with ids draws the same rows in whatever order they came', () => {
    const ids = Array.from({ length: 1000 }, (_, row) => `image ${row}`);
    const drawn = (order: readonly number[]): string[] => {
      const whole = {
        matrix: Float32Array.from(order.flatMap((row) => [...matrix.subarray(2 * row, 2 * row + 2)])),
        dimensions: 2,
      };
      const options = { size: 50, seed: 9, ids: order.map((row) => ids[row]!) };
      const { rows } = pickFromSample(whole, options, (sample) =>
        kCenterGreedy(sample, { count: 10, ids: sample.ids! }),
      );
      return Array.from(rows, (row) => options.ids[row]!);
    };
    const order = ids.map((_, row) => row);
    expect(drawn(order.toReversed())).toEqual(drawn(order));
  });

  it('refuses what cannot be', () => {
    const pick = (sample: Embeddings): ReturnType<typeof kCenterGreedy> => kCenterGreedy(sample, { count: 1 });
    expect(() => pickFromSample(embeddings, { size: 0, seed: 1 }, pick)).toThrow('size is 0');
    expect(() => pickFromSample(embeddings, { size: 9, seed: 1, labelled: [1000] }, pick)).toThrow(
      'labelled row 1000; expected one of 0 to 999',
    );
    expect(() => pickFromSample(embeddings, { size: 9, seed: 1, ids: ['a'] }, pick)).toThrow('1 ids for 1000 rows');
    const whole = (): ReturnType<typeof kCenterGreedy> => kCenterGreedy(embeddings, { count: 1000 });
    expect(() => pickFromSample(embeddings, { size: 9, seed: 1 }, whole)).toThrow('the sample has 9');
  });
});
