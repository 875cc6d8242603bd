import { Box2d, type RankOrder } from '@qualm/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aggregate,
  classDifficulties,
  countOfBoxes,
  difficultyWeights,
  foundObjects,
  labelledBoxes,
  leastSure,
  maximum,
  meanOfBoxes,
  minimum,
  quantile,
  sumOfBoxes,
  topKMean,
  topRows,
  weighByClass,
} from '../../src/index.ts';
import type { Aggregation } from '../../src/index.ts';

const all: readonly Aggregation[] = [
  leastSure,
  maximum,
  minimum,
  meanOfBoxes,
  sumOfBoxes,
  countOfBoxes,
  topKMean(2),
  quantile(0.3),
];
const orders = ['ascending', 'descending'] as const;
const groups = fc.array(fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { maxLength: 9 }), { maxLength: 12 });

function flat(rows: readonly (readonly number[])[]): { values: Float64Array; offsets: Uint32Array } {
  const offsets = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => (offsets[i + 1] = offsets[i]! + row.length));
  return { values: Float64Array.from(rows.flat()), offsets };
}

function of(rows: readonly (readonly number[])[], aggregation: Aggregation, order: RankOrder = 'descending'): number[] {
  const { values, offsets } = flat(rows);
  return [...aggregate({ name: 'x', values, order }, offsets, aggregation, { empty: 0 }).values];
}

/** Of two zeros of different sign either is the least. */
const plain = (values: readonly number[]): number[] => values.map((value) => value + 0);

describe('aggregate(scores, offsets, aggregation, { empty })', () => {
  it.each(orders)('puts groups without values where they are wanted, of %s scores', (order) => {
    const { values, offsets } = flat([[0.5], [], [0.25], [NaN]]);
    const rowsBy = (empty: 'first' | 'last' | number): number[] => {
      const got = aggregate({ name: 'x', values, order }, offsets, meanOfBoxes, { empty });
      return [...topRows(got.values, got.order)];
    };
    const byScore = order === 'descending' ? [0, 2] : [2, 0];
    expect(rowsBy('first')).toEqual([1, ...byScore, 3]);
    expect(rowsBy('last')).toEqual([...byScore, 1, 3]);
    expect(rowsBy(0.3)).toEqual([byScore[0], 1, byScore[1], 3]);
  });

  it('of counts, whose large numbers come first, whatever the order of the scores', () => {
    const { values, offsets } = flat([[0.5], [], [0.25, 0.5]]);
    const got = aggregate({ name: 'x', values, order: 'ascending' }, offsets, countOfBoxes, { empty: 'first' });
    expect(got).toEqual({ name: 'count(x)', values: Float64Array.of(1, Infinity, 2), order: 'descending' });
  });

  it('gives NaN for a group with NaN, or leaves it out', () => {
    const { values, offsets } = flat([[NaN, 2, 4], [NaN], []]);
    for (const aggregation of all) {
      const scores = { name: 'x', values, order: 'descending' } as const;
      expect([...aggregate(scores, offsets, aggregation, { empty: 7 }).values]).toEqual([NaN, NaN, 7]);
      const omitted = aggregate(scores, offsets, aggregation, { empty: 7, nan: 'omit' }).values;
      expect([...omitted]).toEqual([of([[2, 4]], aggregation)[0], NaN, 7]);
    }
  });

  it('takes an aggregation of yours', () => {
    const range: Aggregation = {
      name: 'range',
      reduce: (values, start, end, order) =>
        maximum.reduce(values, start, end, order) - minimum.reduce(values, start, end, order),
      orderOf: () => 'descending',
    };
    expect(of([[1, 4, 2], [], [3]], range)).toEqual([3, 0, 0]);
  });

  it('does not depend on the order in which the values of a group came, and changes nothing', () => {
    const shuffled = fc
      .array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 9 })
      .chain((row) => fc.tuple(fc.constant(row), fc.shuffledSubarray(row, { minLength: row.length })));
    fc.assert(
      fc.property(shuffled, fc.constantFrom(...all), ([row, other], aggregation) => {
        expect(of([other], aggregation)).toEqual(of([row], aggregation));
      }),
    );
    fc.assert(
      fc.property(groups, fc.constantFrom(...all), (rows, aggregation) => {
        const { values, offsets } = flat(rows);
        const before = values.slice();
        aggregate({ name: 'x', values, order: 'descending' }, offsets, aggregation, { empty: 'last' });
        expect(values).toEqual(before);
      }),
    );
  });

  it('lies between the least and the most, where it is one of the values or their mean', () => {
    const inner = [leastSure, meanOfBoxes, topKMean(3), quantile(0.9)];
    fc.assert(
      fc.property(groups, fc.constantFrom(...inner), fc.constantFrom(...orders), (rows, aggregation, order) => {
        of(rows, aggregation, order).forEach((value, i) => {
          if (rows[i]!.length === 0) return;
          expect(value).toBeGreaterThanOrEqual(Math.min(...rows[i]!) - 1e-12);
          expect(value).toBeLessThanOrEqual(Math.max(...rows[i]!) + 1e-12);
        });
      }),
    );
  });

  it('topKMean runs from leastSure to mean; quantile from minimum to maximum', () => {
    fc.assert(
      fc.property(groups, fc.constantFrom(...orders), (rows, order) => {
        expect(plain(of(rows, topKMean(1), order))).toEqual(plain(of(rows, leastSure, order)));
        of(rows, topKMean(99), order).forEach((value, i) => expect(value).toBeCloseTo(of(rows, meanOfBoxes)[i]!, 12));
        expect(plain(of(rows, quantile(0)))).toEqual(plain(of(rows, minimum)));
        expect(plain(of(rows, quantile(1)))).toEqual(plain(of(rows, maximum)));
      }),
    );
  });

  it('infinite values are values', () => {
    expect(
      of(
        [
          [Infinity, 1],
          [-1e308, 1.5e308],
        ],
        quantile(0.5),
      ),
    ).toEqual([Infinity, 2.5e307]);
    expect(of([[Infinity, Infinity, 1]], topKMean(2))).toEqual([Infinity]);
  });

  const scores = { name: 'x', values: [1, 2], order: 'descending' } as const;
  it.each([
    [[0, 1], 'aggregate by mean: offsets run from 0 to 1; expected 0 to 2, the number of values'],
    [[1, 2], 'aggregate by mean: offsets run from 1 to 2; expected 0 to 2, the number of values'],
    [[], 'aggregate by mean: offsets run from undefined to undefined'],
    [[0, 2, 1, 2], 'aggregate by mean: offsets go from 2 to 1 at group 1; expected whole numbers that never fall'],
    [[0, 0.5, 2], 'aggregate by mean: offsets go from 0 to 0.5 at group 0'],
  ])('refuses the offsets %j', (offsets, message) => {
    expect(() => aggregate(scores, offsets, meanOfBoxes, { empty: 0 })).toThrow(message);
  });

  it('refuses what means nothing', () => {
    expect(() => aggregate(scores, [0, 2], meanOfBoxes, { empty: NaN })).toThrow(
      "empty is NaN; expected 'first', 'last' or a number",
    );
    expect(() => aggregate(scores, [0, 2], meanOfBoxes, {} as never)).toThrow('empty is undefined');
    expect(() => aggregate({ ...scores, order: 'ascending' }, [0, 2], sumOfBoxes, { empty: 0 })).toThrow(
      'the scores are ascending',
    );
    expect(() => topKMean(0)).toThrow('topKMean: k is 0; expected a whole number from 1');
    expect(() => quantile(1.5)).toThrow('quantile: q is 1.5; expected 0 to 1');
  });
});

describe('weights of classes', () => {
  it('run from 1 to 1 + beta as the difficulty does, and never fall', () => {
    expect([...difficultyWeights([0, 1, NaN], { beta: 3 })]).toEqual([1, 4, NaN]);
    const weights = difficultyWeights(Float64Array.from({ length: 101 }, (_, i) => i / 100));
    expect([...weights].sort((a, b) => a - b)).toEqual([...weights]);
  });

  it('weigh scores that are descending', () => {
    expect(weighByClass({ name: 'x', values: [0.5, 0.25], order: 'descending' }, [2, 0], [3, 1, 2])).toEqual({
      name: 'weighted x',
      values: Float64Array.of(1, 0.75),
      order: 'descending',
    });
    expect(() => weighByClass({ name: 'x', values: [0.5], order: 'ascending' }, [0], [1])).toThrow(
      'the scores are ascending',
    );
    expect(() => weighByClass({ name: 'x', values: [0.5], order: 'descending' }, [1], [1])).toThrow(
      'row 0 is of class 1',
    );
    expect(() => weighByClass({ name: 'x', values: [0.5], order: 'descending' }, [0, 0], [1])).toThrow(
      '2 classes for 1 scores',
    );
    expect(() => weighByClass({ name: 'x', values: [0.5], order: 'descending' }, [0], [-1])).toThrow(
      'the weight of class 0 is -1',
    );
  });

  it('come from labelled images: found, called otherwise, overlooked', () => {
    const box = (xmin: number) => new Box2d(xmin, 0, xmin + 10, 10);
    const given = labelledBoxes([box(0), box(100), box(200)].map((bbox) => ({ bbox, label_id: 1 })));
    const predicted = { boxes: Float64Array.of(0, 0, 10, 10, 100, 0, 110, 10), labelIds: [1, 2], scores: [0.5, 0.9] };
    const objects = foundObjects([given], [predicted]);
    expect(objects).toEqual({ classes: [1, 1, 1], scores: [0.5, 0, 0], ious: [1, 1, 0] });
    const [never, difficulty] = classDifficulties(objects, { numClasses: 2 });
    expect(never).toBe(1);
    expect(difficulty).toBeCloseTo(1 - 0.5 ** 0.6 / 3, 14);
  });

  it('refuse numbers out of range', () => {
    expect(() => difficultyWeights([0, 1.5])).toThrow('the difficulty of class 1 is 1.5; expected 0 to 1');
    expect(() => difficultyWeights([0], { alpha: 0 })).toThrow('alpha is 0; expected a number above 0');
    expect(() => difficultyWeights([0], { beta: -1 })).toThrow('beta is -1');
    const objects = { classes: [0], scores: [0.5], ious: [0.5] };
    expect(() => classDifficulties(objects, { numClasses: 0 })).toThrow('numClasses is 0');
    expect(() => classDifficulties(objects, { numClasses: 1, xi: 2 })).toThrow('xi is 2');
    expect(() => classDifficulties({ ...objects, classes: [1] }, { numClasses: 1 })).toThrow('object 0 has class 1');
    expect(() => classDifficulties({ ...objects, ious: [] }, { numClasses: 1 })).toThrow('1 classes, 1 scores, 0 IoUs');
    expect(() => foundObjects([], [], { minIou: 2 })).toThrow('minIou is 2');
  });
});
