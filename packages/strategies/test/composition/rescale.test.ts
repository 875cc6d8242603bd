import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { margin, orientColumn, rescale, type RescaleOptions } from '../../src/index.ts';
import { anyNumbers, ascending, descending, frozen } from './columns.ts';
import { fixture, numbersOf } from './fixture.ts';

const methods = ['min-max', 'rank', 'standard'] as const;
const isConstant = (values: readonly number[]): boolean => new Set(values.filter((x) => !Number.isNaN(x))).size <= 1;

function expectClose(got: ArrayLike<number>, wanted: readonly number[], digits = 12): void {
  expect(Array.from(got)).toEqual(wanted.map((value) => (Number.isNaN(value) ? NaN : expect.closeTo(value, digits))));
}

describe.each(fixture.rescaled)('rescale($name)', (row) => {
  const values = numbersOf(row.values);
  // scikit-learn multiplies before it takes away, and loses digits of numbers of 1e6 with 6
  // decimals.
  const digits = row.name === 'small, far from 0' ? 9 : 12;
  const by = (method: RescaleOptions['method']): ArrayLike<number> => rescale(descending(values), { method }).values;

  it('by min-max is what MinMaxScaler of scikit-learn gives, but for 0.5 where all are the same', () => {
    expectClose(by('min-max'), isConstant(values) ? values.map(() => 0.5) : numbersOf(row.MinMaxScaler), digits);
  });

  it('by standard is what StandardScaler of scikit-learn gives', () => {
    expectClose(by('standard'), numbersOf(row.StandardScaler), digits);
  });

  it('by rank is what Series.rank(pct=True) of pandas and rankdata of SciPy / n give', () => {
    const numRanked = values.filter((value) => !Number.isNaN(value)).length;
    expectClose(by('rank'), numbersOf(row['Series.rank(pct=True)']), 15);
    expectClose(
      by('rank'),
      numbersOf(row['rankdata, nan_policy=omit']).map((rank) => rank / numRanked),
      15,
    );
  });
});

it('rescale(ascending column) puts small numbers first, and says so in its order and name', () => {
  const column = ascending([0.5, 0.1, NaN, 0.1]);
  const ranked = rescale(column, { method: 'rank' });
  expect(ranked).toEqual({
    name: 'rank(margin)',
    order: 'descending',
    values: Float64Array.of(1 / 3, 2.5 / 3, NaN, 2.5 / 3),
    range: [0, 1],
  });
  expect(rescale(column, { method: 'min-max' }).values).toEqual(Float64Array.of(0, 1, NaN, 1));
  expect(rescale({ ...column, range: margin.range!(3) }, { method: 'range' }).values).toEqual(
    Float64Array.of(0.5, 0.9, NaN, 0.9),
  );
});

it('rescale(column, { method: "range" }) puts numbers beyond the range at its ends', () => {
  const column = { ...descending([-1, 2, 4, 6, 9, Infinity, -Infinity, NaN]), range: [2, 6] as const };
  expect(rescale(column, { method: 'range' }).values).toEqual(Float64Array.of(0, 0, 0.5, 1, 1, 1, 0, NaN));
});

it.each(methods)('rescale(column, { method: "%s" }) of no rows, or of NaN alone, has nothing to say', (method) => {
  expect(rescale(descending([]), { method }).values).toEqual(new Float64Array());
  expect(rescale(descending([NaN, NaN]), { method }).values).toEqual(Float64Array.of(NaN, NaN));
});

it('rescale puts infinite numbers at the ends by min-max, ranks them, and lets them stay by standard', () => {
  const column = descending([-Infinity, 1, 3, Infinity]);
  expect(rescale(column, { method: 'min-max' }).values).toEqual(Float64Array.of(0, 0, 1, 1));
  expect(rescale(column, { method: 'rank' }).values).toEqual(Float64Array.of(0.25, 0.5, 0.75, 1));
  expect(rescale(column, { method: 'standard' }).values).toEqual(Float64Array.of(-Infinity, -1, 1, Infinity));
  expect(rescale(descending([5, Infinity]), { method: 'min-max' }).values).toEqual(Float64Array.of(0.5, 1));
});

it('rescale holds for spans and squares beyond the greatest number', () => {
  const column = descending([-1.6e308, 0, 1.6e308]);
  expect(rescale(column, { method: 'min-max' }).values).toEqual(Float64Array.of(0, 0.5, 1));
  expectClose(rescale(column, { method: 'standard' }).values, [-Math.sqrt(1.5), 0, Math.sqrt(1.5)]);
});

it('rescale(column) keeps the order, is in range, and changes nothing in place', () => {
  fc.assert(
    fc.property(anyNumbers, fc.constantFrom(...methods), fc.boolean(), (values, method, turned) => {
      const column = turned ? ascending(frozen(values)) : descending(frozen(values));
      const { values: got, range } = rescale(column, { method });
      for (let a = 0; a < values.length; a++) {
        expect(Number.isNaN(got[a])).toBe(Number.isNaN(values[a]));
        if (range && !Number.isNaN(got[a])) expect(got[a]! >= range[0] && got[a]! <= range[1]).toBe(true);
        for (let b = 0; b < values.length; b++) {
          const [x, y] = turned ? [values[b]!, values[a]!] : [values[a]!, values[b]!];
          if (x < y) expect(got[a]! <= got[b]!).toBe(true);
          if (x < y && method === 'rank') expect(got[a]! < got[b]!).toBe(true);
          if (x === y) expect(got[a]).toBe(got[b]);
        }
      }
    }),
  );
});

it('orientColumn turns a range over, or a sign, as orient does', () => {
  expect(orientColumn({ ...ascending([0.25, NaN]), range: [0, 1] })).toEqual({
    name: 'marginUncertainty',
    order: 'descending',
    values: Float64Array.of(0.75, NaN),
    range: [0, 1],
  });
  expect(orientColumn(ascending([0.25])).values).toEqual(Float64Array.of(-0.25));
  expect(orientColumn({ ...ascending([4]), range: [-Infinity, 3] }).range).toEqual([-3, Infinity]);
  const column = descending([1]);
  expect(orientColumn(column)).toBe(column);
});

it.each([
  [{ method: 'range' }, "rescale: 'doubt' has the range undefined; expected a finite one, or another method"],
  [{ method: 'log' as never }, "rescale: method is 'log'; expected 'range', 'min-max', 'rank' or 'standard'"],
] as const)('rescale(column, %j) throws a RangeError', (options, message) => {
  expect(() => rescale(descending([1]), options)).toThrow(new RangeError(message));
});
