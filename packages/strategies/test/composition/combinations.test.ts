import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { densityWeighted, linearCombination, weightedProduct, type ScoredColumn } from '../../src/index.ts';
import { anyNumber, ascending, descending, frozen } from './columns.ts';
import { fixture, numbersOf } from './fixture.ts';

const combinations = { linearCombination, weightedProduct };

describe.each(fixture.combined)('of columns $columns, $weights', (row) => {
  const columns = row.columns.map((values, place) => descending(numbersOf(values), `c${place}`));

  it('linearCombination is what make_linear_combination of modAL gives', () => {
    const { values } = linearCombination(columns, { weights: row.weights });
    expect([...(values as Float64Array)]).toEqual(
      numbersOf(row.make_linear_combination).map((x) => (Number.isNaN(x) ? NaN : expect.closeTo(x, 14))),
    );
  });

  it('weightedProduct is what make_product of modAL gives', () => {
    const { values } = weightedProduct(columns, { strengths: row.weights });
    expect([...(values as Float64Array)]).toEqual(
      numbersOf(row.make_product).map((x) => (Number.isNaN(x) ? NaN : expect.closeTo(x, 14))),
    );
  });
});

it('combinations are named after what they combine, and have a range where all of it has one', () => {
  const entropy = { ...descending([0.5], 'entropy'), range: [0, 2] as const };
  const density = { ...descending([0.5], 'density'), range: [-1, 1] as const };
  const product = weightedProduct([entropy, density], { strengths: [1, 2] });
  expect([product.name, product.order, product.range]).toEqual(['entropy * density^2', 'descending', [0, 2]]);
  const sum = linearCombination([product, density], { weights: [1, 0.5] });
  expect([sum.name, sum.order, sum.range]).toEqual(['(entropy * density^2) + 0.5 density', 'descending', [-0.5, 2.5]]);
  expect(linearCombination([entropy, descending([1], 'loss')]).range).toBeUndefined();
  expect(weightedProduct([entropy, descending([1], 'loss')]).range).toBeUndefined();
  expect(linearCombination([entropy], { name: 'mine' }).name).toBe('mine');
  expect(weightedProduct([entropy], { name: 'mine' }).name).toBe('mine');
});

it('columns that are all ascending stay so', () => {
  const columns = [ascending([0.5, 1], 'a'), ascending([0.5, 0.25], 'b')];
  expect(linearCombination(columns)).toMatchObject({ order: 'ascending', values: Float64Array.of(1, 1.25) });
  expect(weightedProduct(columns)).toMatchObject({ order: 'ascending', values: Float64Array.of(0.25, 0.25) });
});

it('weight and strength 0 leave a column out, but for its NaN', () => {
  const columns = [descending([1, 2, 3, NaN], 'a'), descending([0, Infinity, NaN, 1], 'b')];
  expect(linearCombination(columns, { weights: [1, 0] }).values).toEqual(Float64Array.of(1, 2, NaN, NaN));
  expect(weightedProduct(columns, { strengths: [1, 0] }).values).toEqual(Float64Array.of(1, 2, NaN, NaN));
});

it('weightedProduct has 0^0 = 1, 0 x Infinity NaN, and holds where factors on the way leave the range of numbers', () => {
  const of = (values: readonly number[], strengths: readonly number[]): number =>
    weightedProduct(
      values.map((value, place) => descending([value], `c${place}`)),
      { strengths },
    ).values[0]!;
  expect(of([0, 3], [0, 1])).toBe(3);
  expect(of([0, Infinity], [1, 1])).toBeNaN();
  expect(of([0, 1e-300], [1, 1])).toBe(0);
  expect(of([1e-200, 1e-200, 1e200, 1e200], [1, 1, 1, 1])).toBeCloseTo(1, 10);
  expect(of([1e200, 1e200, 1e-200, 1e-200], [1, 1, 1, 1])).toBeCloseTo(1, 10);
  expect(of([1e200, 1e-200], [2, 2])).toBeCloseTo(1, 10);
  expect(of([1e200, 1e200], [1, 1])).toBe(Infinity);
  expect(of([1e-200, 1e-200], [1, 1])).toBe(0);
});

it('weightedProduct of scores and densities is densityWeighted', () => {
  const [scores, densities] = [
    [0.5, 1, NaN, 0.3, 0],
    [0.25, 0.5, 1, NaN, 0],
  ];
  const { values } = weightedProduct([descending(scores), descending(densities, 'density')], { strengths: [1, 1.5] });
  expect(values).toEqual(densityWeighted(scores, densities, { beta: 1.5 }));
});

it('linearCombination and weightedProduct stay in their range, follow their rows and change nothing in place', () => {
  const unit = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, NaN));
  const rows = fc.array(fc.tuple(unit, unit, unit), { minLength: 1, maxLength: 12 });
  const weights = fc.array(fc.constantFrom(0, 0.5, 1, 2, 3.5), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(rows, weights, (table, given) => {
      const columnsOf = (list: typeof table): ScoredColumn[] =>
        [0, 1, 2].map((c) => ({ ...descending(frozen(list.map((row) => row[c]!)), `c${c}`), range: [0, 1] }));
      for (const combine of [
        (list: typeof table) => linearCombination(columnsOf(list), { weights: frozen(given) }),
        (list: typeof table) => weightedProduct(columnsOf(list), { strengths: frozen(given) }),
      ]) {
        const { values, range } = combine(table);
        const reversed = combine([...table].reverse()).values;
        table.forEach((row, place) => {
          const value = values[place]!;
          expect(reversed[table.length - 1 - place]).toBe(value);
          expect(Number.isNaN(value)).toBe(row.includes(NaN));
          if (!Number.isNaN(value)) expect(value >= range![0] - 1e-12 && value <= range![1] + 1e-12).toBe(true);
        });
      }
    }),
  );
});

it('linearCombination(one column, weight w) is w times it, whatever the numbers', () => {
  fc.assert(
    fc.property(anyNumber, (value) => {
      expect(linearCombination([descending([value])], { weights: [2] }).values[0]! + 0).toBe(2 * value + 0);
    }),
  );
});

describe.each(Object.entries(combinations))('%s', (where, combine) => {
  it('refuses mixed directions and names both columns', () => {
    expect(() => combine([descending([1], 'entropy'), ascending([1])])).toThrow(
      new RangeError(
        `${where}: 'entropy' is descending, 'margin' is ascending; expected one direction: turn one with orientColumn or rescale`,
      ),
    );
  });

  it.each([
    [[], {}, 'no columns; expected one or more'],
    [[descending([1], 'a'), descending([], 'b')], {}, "'a' has 1 rows, 'b' has 0; expected as many"],
    [[descending([1])], { weights: [1, 2], strengths: [1, 2] }, '2 (weights|strengths) for 1 columns'],
    [
      [descending([1])],
      { weights: [-1], strengths: [-1] },
      "(weights|strengths)\\[0\\], of 'doubt', is -1; expected a number of 0 or more",
    ],
    [[descending([1])], { weights: [NaN], strengths: [NaN] }, 'is NaN; expected a number of 0 or more'],
    [[descending([1])], { weights: [Infinity], strengths: [Infinity] }, 'is Infinity; expected'],
  ])('refuses %j, %j', (columns, options, message) => {
    expect(() => combine(columns, options)).toThrow(RangeError);
    expect(() => combine(columns, options)).toThrow(new RegExp(`^${where}: .*${message}`));
  });
});

it('weightedProduct refuses numbers below 0, and says where', () => {
  expect(() => weightedProduct([descending([1, -0.5], 'density')])).toThrow(
    new RangeError("weightedProduct: 'density' is -0.5 in row 1; expected 0 or more: bring it there with rescale"),
  );
});
