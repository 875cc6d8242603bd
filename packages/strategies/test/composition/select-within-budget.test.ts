import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, selectWithinBudget, topRows, type SelectWithinBudgetOptions } from '../../src/index.ts';
import { ascending, descending, frozen } from './columns.ts';
import { fixture, numbersOf } from './fixture.ts';

describe.each(fixture.knapsacks)('selectWithinBudget of $name', ({ values: given, costs, budget, milp }) => {
  const values = numbersOf(given);

  it('is worth what the best set of scipy.optimize.milp is', () => {
    const best = selectWithinBudget(descending(values), { costs, budget });
    expect(best.value).toBeCloseTo(milp, 6);
    expect(best.upperBound).toBe(best.value);
    expect(best.cost).toBeLessThanOrEqual(budget);
    expect(best.cost).toBeCloseTo(
      [...best.rows].reduce((sum, row) => sum + costs[row]!, 0),
      9,
    );
  });

  it('greedily is worth at least half of it, and no more than its bound', () => {
    const { value, cost, upperBound } = selectWithinBudget(descending(values), { costs, budget, method: 'greedy' });
    expect(value).toBeGreaterThanOrEqual(milp / 2);
    expect(upperBound).toBeGreaterThanOrEqual(milp - 1e-6);
    expect(cost).toBeLessThanOrEqual(budget);
  });
});

interface Row {
  readonly value: number;
  readonly cost: number;
}

const value = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(NaN, 0.5, 1e-9, 1e9));
const row = fc.record({ value, cost: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(0.25, 2.5)) });
const table = fc.array(row, { maxLength: 10 });
const budgets = fc.integer({ min: 0, max: 40 });

const columnOf = (rows: readonly Row[]) => descending(frozen(rows.map((r) => r.value)));
const costsOf = (rows: readonly Row[]): number[] => frozen(rows.map((r) => r.cost));

/** The greatest sum of values of all sets within the budget, by trying them all. */
function greatest(rows: readonly Row[], budget: number): number {
  const [first, ...others] = rows;
  if (!first) return 0;
  const without = greatest(others, budget);
  if (Number.isNaN(first.value) || first.cost > budget) return without;
  return Math.max(without, first.value + greatest(others, budget - first.cost));
}

it('selectWithinBudget(column, options) is worth the most of all sets, greedily at least half of that', () => {
  fc.assert(
    fc.property(table, budgets, (rows, budget) => {
      const wanted = greatest(rows, budget);
      const exact = selectWithinBudget(columnOf(rows), { costs: costsOf(rows), budget });
      const greedy = selectWithinBudget(columnOf(rows), { costs: costsOf(rows), budget, method: 'greedy' });
      const hurried = selectWithinBudget(columnOf(rows), { costs: costsOf(rows), budget, maxSteps: 2 });
      expect(Math.abs(exact.value - wanted)).toBeLessThanOrEqual(1e-11 * wanted);
      expect(exact.upperBound).toBe(exact.value);
      expect(greedy.value).toBeGreaterThanOrEqual(wanted / 2);
      expect(hurried.value).toBeGreaterThanOrEqual(greedy.value);
      for (const picks of [exact, greedy, hurried]) {
        expect(picks.upperBound).toBeGreaterThanOrEqual(wanted * (1 - 1e-11));
        expect(new Set(picks.rows).size).toBe(picks.length);
        expect(picks.cost).toBeLessThanOrEqual(budget);
        for (const key of ['value', 'cost'] as const) {
          const sum = [...picks.rows].reduce((total, r) => total + rows[r]![key], 0);
          expect(Math.abs(picks[key] - sum)).toBeLessThanOrEqual(1e-12 * sum);
        }
        const order = [...topRows(columnOf(rows).values, 'descending')].filter((r) => picks.rows.includes(r));
        expect([...picks.rows]).toEqual(order);
      }
    }),
    { numRuns: 500 },
  );
});

it('selectWithinBudget(column, { ids }) names the same ids whatever the order of the rows', () => {
  const shuffled = table.chain((rows) => {
    const named = rows.map((r, place) => ({ ...r, id: (place * 7) % 10 }));
    return fc.tuple(fc.constant(named), fc.shuffledSubarray(named, { minLength: rows.length }));
  });
  fc.assert(
    fc.property(shuffled, budgets, fc.constantFrom('exact', 'greedy'), ([rows, others], budget, method) => {
      const [a, b] = [rows, others].map((list) => {
        const ids = list.map(({ id }) => id);
        const picks = selectWithinBudget(columnOf(list), { costs: costsOf(list), budget, method, ids });
        return Array.from(picks.rows, (r) => ids[r]);
      });
      expect(b).toEqual(a);
    }),
  );
});

it('selectWithinBudget leaves out labelled rows, rows not among the candidates, and those that are worth nothing', () => {
  const column = descending([4, 3, 2, 0, NaN]);
  const costs = [1, 1, 1, 0, 0];
  expect([...selectWithinBudget(column, { costs, budget: 9 }).rows]).toEqual([0, 1, 2]);
  expect([...selectWithinBudget(column, { costs, budget: 2, labelled: [0] }).rows]).toEqual([1, 2]);
  expect([...selectWithinBudget(column, { costs, budget: 9, among: [1, 3, 4] }).rows]).toEqual([1]);
  expect(selectWithinBudget(column, { costs, budget: 0 })).toMatchObject({
    length: 0,
    value: 0,
    cost: 0,
    upperBound: 0,
  });
  expect(selectWithinBudget(descending([]), { costs: [], budget: 3 })).toHaveLength(0);
  expect([...selectWithinBudget(column, { costs: [1, 1, 1, NaN, 0], budget: 2, among: [0, 1] }).rows]).toEqual([0, 1]);
});

it('selectWithinBudget explains each pick, and says how good the set is', () => {
  const column = descending([60, 50, 50, 1], 'doubt');
  const options = { costs: [60, 50, 50, 30], budget: 100, also: [ascending([4, 3, 2, 1])] };
  expect([...selectWithinBudget(column, options)]).toEqual([
    {
      row: 1,
      rank: 1,
      reason: 'in the best set for a budget of 100, at a cost of 50: 2nd by doubt (50.0)',
      scores: { doubt: 50, margin: 3, cost: 50 },
      ranks: { doubt: 2, margin: 3 },
    },
    {
      row: 2,
      rank: 2,
      reason: 'in the best set for a budget of 100, at a cost of 50: 3rd by doubt (50.0)',
      scores: { doubt: 50, margin: 2, cost: 50 },
      ranks: { doubt: 3, margin: 2 },
    },
  ]);
  const reasons = Array.from(selectWithinBudget(column, { ...options, method: 'greedy' }), ({ reason }) => reason);
  expect(reasons).toEqual([
    'in a set worth at least 61.00 % of the best for a budget of 100, at a cost of 60: 1st by doubt (60.0)',
    'in a set worth at least 61.00 % of the best for a budget of 100, at a cost of 30: 4th by doubt (1.00)',
  ]);
});

it('selectWithinBudget that gives up says so, and has no less than the greedy one', () => {
  const random = createRandom(2);
  // Even costs and an odd budget, with values that are the costs: no bound short of the budget
  // itself.
  const costs = Array.from({ length: 60 }, () => 2 * (1 + Math.floor(random() * 50_000)));
  const options = { costs, budget: 1_000_001 };
  const picks = selectWithinBudget(descending(costs), { ...options, maxSteps: 20_000 });
  expect(picks.value).toBeLessThan(picks.upperBound);
  expect(picks.upperBound).toBe(1_000_001);
  expect(picks.at(0)!.reason).toMatch(/^in a set worth at least 99\.\d\d % of the best for a budget of 1000001/);
  const greedy = selectWithinBudget(descending(costs), { ...options, method: 'greedy' });
  expect(picks.value).toBeGreaterThanOrEqual(greedy.value);
});

it.each<[readonly number[], Partial<SelectWithinBudgetOptions>, string]>([
  [[1, -2], {}, "'doubt' is -2 in row 1; expected a finite number of 0 or more"],
  [[1, Infinity], {}, "'doubt' is Infinity in row 1"],
  [[1, 2], { costs: [1] }, '1 costs for 2 rows; expected one for each'],
  [[1, 2], { costs: [1, Infinity] }, 'costs[1] is Infinity; expected a number of 0 or more'],
  [[1, 2], { budget: -1 }, 'budget is -1; expected a number of 0 or more'],
  [[1, 2], { budget: NaN }, 'budget is NaN'],
  [[1, 2], { method: 'best' as never }, "method is 'best'; expected 'exact' or 'greedy'"],
  [[1, 2], { maxSteps: -1 }, 'maxSteps is -1; expected a whole number of 0 or more'],
  [[1, 2], { ids: ['a'] }, '1 ids for 2 rows'],
  [[1, 2], { among: [2] }, 'among[0] is 2; expected a row of 0 to 1'],
  [[1, 2], { also: [descending([1, 2], 'cost')] }, "two columns are called 'cost'"],
])('selectWithinBudget(%j, %j) throws a RangeError', (values, options, message) => {
  const call = () => selectWithinBudget(descending(values), { costs: [1, 1], budget: 1, ...options });
  expect(call).toThrow(RangeError);
  expect(call).toThrow(`selectWithinBudget: ${message}`);
});

it('selectWithinBudget refuses a column whose small numbers come first', () => {
  expect(() => selectWithinBudget(ascending([1]), { costs: [1], budget: 1 })).toThrow(
    "selectWithinBudget: 'margin' is ascending; expected descending: turn it with orientColumn or rescale",
  );
});
