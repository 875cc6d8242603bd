import fc from 'fast-check';
import { topRows } from '@qualm/types/rows';
import { describe, expect, it } from 'vitest';
import {
  confidentJoint,
  confidentThresholds,
  confusedPairs,
  confusionTable,
  findLabelErrors,
  labelQuality,
  mistakenness,
} from '../../src/index.ts';

const filters = ['prune-by-noise-rate', 'prune-by-class', 'both', 'confident-learning'] as const;
const methods = ['self-confidence', 'normalized-margin', 'confidence-weighted-entropy'] as const;

const labelled = fc
  .record({ numClasses: fc.integer({ min: 2, max: 5 }), rows: fc.integer({ min: 1, max: 40 }) })
  .chain(({ numClasses, rows }) => {
    const weight = fc.double({ min: 0.001, max: 1, noNaN: true });
    return fc.record({
      numClasses: fc.constant(numClasses),
      rows: fc.array(fc.array(weight, { minLength: numClasses, maxLength: numClasses }).map(normalised), {
        minLength: rows,
        maxLength: rows,
      }),
      labels: fc.array(fc.nat({ max: numClasses - 1 }), { minLength: rows, maxLength: rows }),
    });
  });

function normalised(weights: number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

function matrixOf(rows: readonly (readonly number[])[]): Float64Array {
  return Float64Array.from(rows.flat());
}

const ascending = (rows: Uint32Array): Uint32Array => rows.slice().sort();

describe('labelQuality(p, labels, k)', () => {
  it.each(methods)('%s lies in 0..1, row by row, and leaves its input', (method) => {
    fc.assert(
      fc.property(labelled, ({ rows, labels, numClasses }) => {
        const p = matrixOf(rows);
        const got = labelQuality(p, labels, numClasses, { method });
        expect(p).toEqual(matrixOf(rows));
        expect(Math.min(...got)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...got)).toBeLessThanOrEqual(1);
        const reversed = labelQuality(matrixOf(rows.toReversed()), labels.toReversed(), numClasses, { method });
        expect(reversed.reverse()).toEqual(got);
      }),
    );
  });

  it.each(methods)('%s is 1 where all is certain and right, 0 where it is certain and wrong', (method) => {
    const p = Float64Array.of(1, 0, 0, 1, 0, 0);
    expect([...labelQuality(p, [0, 1], 3, { method })]).toEqual([1, 0]);
  });

  it.each(methods)('%s of a row with NaN is NaN, ranked last, and that of other rows is what it was', (method) => {
    const got = labelQuality(Float64Array.of(0.9, 0.1, NaN, 0.5, 0.2, 0.8), [0, 1, 0], 2, { method });
    expect(got[1]).toBeNaN();
    expect([...topRows(got, 'ascending')]).toEqual([2, 0, 1]);
  });

  it('refuses one class, invalid labels, invalid probabilities, and what it does not know', () => {
    const p = Float64Array.of(0.9, 0.1);
    expect(() => labelQuality(p, [0, 1], 1)).toThrow('[1 - s, s]');
    expect(() => labelQuality(p, [2], 2)).toThrow('row 0 has the label 2');
    expect(() => labelQuality(p, [0, 0], 2)).toThrow('2 labels for 1 rows');
    expect(() => labelQuality(Float64Array.of(1.1, 0), [0], 2)).toThrow('row 0 holds 1.1');
    expect(() => labelQuality(Float64Array.of(NaN, 0), [0], 2, { adjusted: true })).toThrow('row 0 holds NaN');
    expect(() => labelQuality(p, [0], 2, { method: 'margin' as 'normalized-margin' })).toThrow('method is "margin"');
    expect(() => labelQuality(p, [0], 2, { method: 'confidence-weighted-entropy', adjusted: true })).toThrow(
      RangeError,
    );
  });
});

describe('confidentJoint(p, labels, k)', () => {
  it('has the number of rows of each label as the sum of its row', () => {
    fc.assert(
      fc.property(labelled, ({ rows, labels, numClasses }) => {
        const joint = confidentJoint(matrixOf(rows), labels, numClasses);
        for (let label = 0; label < numClasses; label++) {
          const counts = joint.subarray(label * numClasses, (label + 1) * numClasses);
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(labels.filter((other) => other === label).length);
        }
      }),
    );
  });

  it('is diagonal for rows that are sure of their labels, and has no rows for none', () => {
    expect([...confidentJoint(Float64Array.of(0.9, 0.1, 0.2, 0.8), [0, 1], 2)]).toEqual([1, 0, 0, 1]);
    expect([...confidentJoint(new Float64Array(0), [], 2)]).toEqual([0, 0, 0, 0]);
    expect([...confidentThresholds(new Float64Array(0), [], 2)]).toEqual([2, 2]);
  });
});

describe('findLabelErrors(p, labels, k)', () => {
  it.each(filters)('%s finds each row once, none whose label is likeliest, worst quality first', (filter) => {
    fc.assert(
      fc.property(labelled, ({ rows, labels, numClasses }) => {
        const p = matrixOf(rows);
        const found = findLabelErrors(p, labels, numClasses, { filter });
        const quality = labelQuality(p, labels, numClasses);
        expect(new Set(found.rows).size).toBe(found.length);
        found.rows.forEach((row, place) => {
          expect(quality[row]!).toBeLessThan(Math.max(...rows[row]!));
          if (place > 0) expect(quality[row]!).toBeGreaterThanOrEqual(quality[found.rows[place - 1]!]!);
        });
        expect(p).toEqual(matrixOf(rows));
      }),
    );
  });

  it.each(filters)('%s finds the same ids whatever the order of the rows, ties too', (filter) => {
    // Tenths, so that rows and their margins are tied.
    const coarse = labelled.map(({ rows, ...others }) => ({
      ...others,
      rows: rows.map((p) => p.map((value) => Math.round(value * 10) / 10)),
    }));
    fc.assert(
      fc.property(coarse, fc.integer(), ({ rows, labels, numClasses }, seed) => {
        const ids = labels.map((_, row) => row);
        const order = topRows(ids.map((id) => Math.sin(id + seed)), 'ascending'); // prettier-ignore
        const shuffled = <T>(values: readonly T[]): T[] => Array.from(order, (row) => values[row]!);
        const one = findLabelErrors(matrixOf(rows), labels, numClasses, { filter, ids });
        const other = findLabelErrors(matrixOf(shuffled(rows)), shuffled(labels), numClasses, {
          filter,
          ids: shuffled(ids),
        });
        expect(Array.from(other.rows, (row) => order[row])).toEqual([...one.rows]);
      }),
    );
  });

  it('both is what prune-by-noise-rate and prune-by-class agree on', () => {
    fc.assert(
      fc.property(labelled, ({ rows, labels, numClasses }) => {
        const [byRate, byClass, both] = (['prune-by-noise-rate', 'prune-by-class', 'both'] as const).map((filter) =>
          ascending(findLabelErrors(matrixOf(rows), labels, numClasses, { filter }).rows),
        );
        expect(both).toEqual(byRate!.filter((row) => byClass!.includes(row)));
      }),
    );
  });

  it('says why', () => {
    const p = Float64Array.of(0.8, 0.2, 0.6, 0.4, 0.3, 0.7, 0.2, 0.8);
    expect([...findLabelErrors(p, [0, 0, 1, 0], 2)]).toEqual([
      {
        row: 3,
        rank: 1,
        reason: 'labelled 0 with 0.200, class 1 has 0.800',
        scores: { labelQuality: 0.2, given: 0.2, likelier: 0.8 },
        ranks: {},
      },
    ]);
  });

  it('finds none among no rows, nor the only row of a label', () => {
    for (const filter of filters) expect(findLabelErrors(new Float64Array(0), [], 3, { filter }).length).toBe(0);
    expect(findLabelErrors(Float64Array.of(0.1, 0.9, 0, 1), [0, 1], 2).length).toBe(0);
  });

  it('refuses NaN and a filter that it does not know, by its own name', () => {
    expect(() => findLabelErrors(Float64Array.of(NaN, 1), [0], 2)).toThrow('findLabelErrors: row 0 holds NaN');
    expect(() => findLabelErrors(Float64Array.of(0, 1), [0], 2, { filter: 'all' as 'both' })).toThrow(
      'filter is "all"',
    );
  });
});

describe('confusionTable and confusedPairs', () => {
  it('count each row once, and the pairs are all that stands off the diagonal', () => {
    const pair = fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 }));
    fc.assert(
      fc.property(fc.array(pair), (rows) => {
        const labels = rows.map(([label]) => label);
        const predictions = rows.map(([, prediction]) => prediction);
        const table = confusionTable(labels, predictions, 4);
        expect(table.counts.reduce((sum, count) => sum + count, 0)).toBe(rows.length);
        const pairs = confusedPairs(table);
        const wrong = rows.filter(([label, prediction]) => label !== prediction).length;
        expect(pairs.reduce((sum, { count }) => sum + count, 0)).toBe(wrong);
        expect(confusedPairs(table, { limit: 2 })).toEqual(pairs.slice(0, 2));
        for (const { label, share } of pairs) {
          const ofLabel = pairs.filter((other) => other.label === label);
          expect(share).toBeGreaterThan(0);
          expect(ofLabel.reduce((sum, other) => sum + other.share, 0)).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });

  it('rank by count, or by share of the label, and ties by class', () => {
    const table = confusionTable([0, 0, 0, 0, 1, 2, 2, 2], [1, 1, 0, 0, 2, 2, 0, 1], 3);
    expect(confusedPairs(table).map(({ label, prediction }) => `${label}${prediction}`)).toEqual([
      '01',
      '12',
      '20',
      '21',
    ]);
    expect(confusedPairs(table, { by: 'share' }).map(({ share }) => share)).toEqual([1, 0.5, 1 / 3, 1 / 3]);
  });

  it('refuse what is not a class, no limit and no order', () => {
    expect(() => confusionTable([0], [], 2)).toThrow('0 predictions for 1 labels');
    expect(() => confusionTable([2], [0], 2)).toThrow('label 0 is 2');
    expect(() => confusionTable([0], [NaN], 2)).toThrow('prediction 0 is NaN');
    expect(() => confusionTable([], [], 0)).toThrow(RangeError);
    expect(() => confusedPairs(confusionTable([], [], 1), { limit: -1 })).toThrow(RangeError);
    expect(() => confusedPairs(confusionTable([], [], 1), { by: 'size' as 'share' })).toThrow(RangeError);
  });
});

it('mistakenness lies in 0..1, above a half where the likeliest class is another than the label', () => {
  fc.assert(
    fc.property(labelled, fc.constantFrom('probability' as const, 'entropy' as const), (row, confidence) => {
      const { rows, labels, numClasses } = row;
      mistakenness(matrixOf(rows), labels, numClasses, { confidence }).forEach((value, i) => {
        const isOther = rows[i]!.indexOf(Math.max(...rows[i]!)) !== labels[i];
        expect(value).toBeGreaterThanOrEqual(isOther ? 0.5 : 0);
        expect(value).toBeLessThanOrEqual(isOther ? 1 : 0.5);
      });
    }),
  );
  expect(mistakenness(Float64Array.of(NaN, 0.5), [0], 2)[0]).toBeNaN();
  expect(() => mistakenness(Float64Array.of(0, 1), [0], 2, { confidence: 'margin' as 'entropy' })).toThrow(RangeError);
});
