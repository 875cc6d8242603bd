import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, selectBatch, topRows, type Quota, type SelectBatchOptions } from '../../src/index.ts';
import { ascending, descending, frozen } from './columns.ts';
import { fixture, numbersOf } from './fixture.ts';

const sumOf = (values: readonly number[], rows: Iterable<number>): number =>
  [...rows].reduce((sum, row) => sum + values[row]!, 0);

describe.each(fixture.grouped)('selectBatch($count of rows, $maxPerGroup of a group)', (row) => {
  const values = numbersOf(row.values);
  const { groups, classes, count, maxPerGroup } = row;
  const grouped = { count, groups, maxPerGroup };

  it('picks the rows that sort_values and groupby.head of pandas give', () => {
    expect([...selectBatch(descending(values), grouped).rows]).toEqual(row['pandas, groupby.head']);
  });

  it('has the greatest sum there is by scipy.optimize.milp', () => {
    expect(sumOf(values, selectBatch(descending(values), grouped).rows)).toBeCloseTo(row['milp, groups'], 6);
  });

  it('with quotas of classes too has at least half of the greatest sum by scipy.optimize.milp', () => {
    const quotas = Object.fromEntries(classes.map((key) => [key, row.maxPerClass]));
    const { rows } = selectBatch(descending(values), { ...grouped, classes, quotas });
    const greatest = row['milp, groups and classes'];
    expect(sumOf(values, rows)).toBeGreaterThanOrEqual(greatest / 2);
    expect(sumOf(values, rows)).toBeLessThanOrEqual(greatest + 1e-6);
  });
});

interface Row {
  readonly id: string;
  readonly value: number;
  readonly other: number;
  readonly group: string | null;
  readonly class: string | null;
  readonly cost: number;
}

const row = fc.record({
  value: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: -3, max: 3 }) }, fc.constantFrom(NaN, Infinity, -Infinity)),
  other: fc.constantFrom(0, 1, 2, NaN),
  group: fc.constantFrom('v1', 'v2', 'v3', null),
  class: fc.constantFrom('cat', 'dog', 'owl', null),
  cost: fc.integer({ min: 0, max: 6 }),
});
const ids = Array.from({ length: 16 }, (_, place) => `r${String(place).padStart(2, '0')}`);
const table = fc
  .tuple(fc.array(row, { maxLength: 16 }), fc.shuffledSubarray(ids, { minLength: 16 }))
  .map(([rows, names]) => rows.map((r, place): Row => ({ ...r, id: names[place]! })));

interface Wanted {
  readonly count: number;
  readonly maxPerGroup?: number;
  readonly quotas?: Readonly<Record<string, Quota>>;
  readonly balance?: true;
  readonly budget?: number;
}

const quota = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.record({ min: fc.integer({ min: 0, max: 2 }), max: fc.integer({ min: 2, max: 4 }) }, { requiredKeys: [] }),
);
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const wanted: fc.Arbitrary<Wanted> = fc
  .record({
    count: fc.integer({ min: 6, max: 18 }),
    maxPerGroup: optional(fc.integer({ min: 1, max: 3 })),
    by: fc.oneof(
      fc.constant({}),
      fc.constant({ balance: true as const }),
      fc.dictionary(fc.constantFrom('cat', 'dog', 'owl'), quota).map((quotas) => ({ quotas })),
    ),
    budget: optional(fc.integer({ min: 0, max: 20 })),
  })
  .map(({ by, maxPerGroup, budget, count }) => ({
    count,
    ...by,
    ...(maxPerGroup !== undefined && { maxPerGroup }),
    ...(budget !== undefined && { budget }),
  }));

function optionsOf(rows: readonly Row[], { maxPerGroup, quotas, balance, budget, count }: Wanted): SelectBatchOptions {
  return {
    count,
    ids: frozen(rows.map(({ id }) => id)),
    ...(maxPerGroup !== undefined && { maxPerGroup, groups: frozen(rows.map((r) => r.group)) }),
    ...((quotas ?? balance) && { classes: frozen(rows.map((r) => r.class)) }),
    ...(quotas && { quotas }),
    ...(balance && { balance }),
    ...(budget !== undefined && { budget, costs: frozen(rows.map(({ cost }) => cost)) }),
  };
}

const valuesOf = (rows: readonly Row[]): number[] => frozen(rows.map(({ value }) => value));
const minOf = (q: Quota | undefined): number => (typeof q === 'object' ? (q.min ?? 0) : 0);
const maxOf = (q: Quota | undefined): number => (typeof q === 'object' ? q.max : q) ?? Infinity;

/** The definition, with everything put in order and counted anew for every row. */
function byDefinition(rows: readonly Row[], options: Wanted): string[] {
  const { count, maxPerGroup = Infinity, quotas = {}, balance, budget = Infinity } = options;
  const ranked = [...topRows(valuesOf(rows), 'descending', { ids: rows.map(({ id }) => id) })].map((r) => rows[r]!);
  let left = ranked.filter(({ value }) => !Number.isNaN(value));
  const picked: Row[] = [];
  const quotaOf = (r: Row): Quota | undefined => (r.class === null ? undefined : quotas[r.class]);
  const numOfClass = (r: Row): number => picked.filter((p) => p.class === r.class).length;
  const isFree = (r: Row): boolean =>
    picked.length < count &&
    (r.group === null || picked.filter((p) => p.group === r.group).length < maxPerGroup) &&
    (r.class === null || balance === true || numOfClass(r) < maxOf(quotaOf(r))) &&
    picked.reduce((sum, { cost }) => sum + cost, 0) + r.cost <= budget;
  for (;;) {
    const free = left.filter(isFree);
    const needed = free.filter((r) => numOfClass(r) < minOf(quotaOf(r)));
    const fewest = Math.min(...free.map(numOfClass));
    const next = needed[0] ?? (balance ? free.find((r) => numOfClass(r) === fewest) : free[0]);
    if (!next) return picked.map(({ id }) => id);
    picked.push(next);
    left = left.filter((r) => r !== next);
  }
}

const pickedIds = (rows: readonly Row[], options: Wanted): string[] =>
  Array.from(selectBatch(descending(valuesOf(rows)), optionsOf(rows, options)).rows, (r) => rows[r]!.id);

it('selectBatch(column, any options) picks what the definition picks, and changes nothing in place', () => {
  fc.assert(
    fc.property(table, wanted, (rows, options) => {
      expect(pickedIds(rows, options)).toEqual(byDefinition(rows, options));
    }),
    { numRuns: 1000 },
  );
});

it('selectBatch(column, { ids }) names the same ids whatever the order of the rows', () => {
  const shuffled = table.chain((rows) =>
    fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
  );
  fc.assert(
    fc.property(shuffled, wanted, ([rows, others], options) => {
      expect(pickedIds(others, options)).toEqual(pickedIds(rows, options));
    }),
  );
});

it('selectBatch(column, { count }) begins as that of any larger count, whatever the limits', () => {
  fc.assert(
    fc.property(table, wanted, fc.nat(10), (rows, options, more) => {
      const larger = pickedIds(rows, { ...options, count: options.count + more });
      expect(larger.slice(0, options.count)).toEqual(pickedIds(rows, options));
    }),
  );
});

it('selectBatch(ascending column) is that of the column with its sign turned', () => {
  fc.assert(
    fc.property(table, wanted, (rows, options) => {
      const given = optionsOf(rows, options);
      const turned = valuesOf(rows).map((value) => -value);
      expect(selectBatch(ascending(turned), given).rows).toEqual(selectBatch(descending(valuesOf(rows)), given).rows);
    }),
  );
});

it('selectBatch of many rows, read piece by piece, is that of all rows put in order', () => {
  const random = createRandom(4);
  const rows = Array.from({ length: 30_000 }, (_, place): Row => {
    const [group, key] = [Math.floor(random() ** 3 * 3000), Math.floor(random() ** 2 * 7)];
    return {
      id: `${place}`,
      value: Math.floor(random() * 5000),
      other: 0,
      group: `${group}`,
      class: `${key}`,
      cost: 0,
    };
  });
  const values = valuesOf(rows);
  const groups = rows.map((r) => r.group);
  const classes = rows.map((r) => r.class);
  const order = topRows(values, 'descending');
  const takenOf = new Map<string, number>();
  const greedy = [...order].filter((r) => {
    const before = takenOf.get(groups[r]!) ?? 0;
    takenOf.set(groups[r]!, before + 1);
    return before < 2;
  });
  for (const count of [0, 1, 100, 2500]) {
    expect([...selectBatch(descending(values), { count, groups, maxPerGroup: 2 }).rows]).toEqual(
      greedy.slice(0, count),
    );
  }
  expect([...selectBatch(descending(values), { groups, maxPerGroup: 2 }).rows]).toEqual(greedy);
  const balanced = selectBatch(descending(values), { count: 700, classes, balance: true });
  for (const key of new Set(classes)) {
    const ofClass = [...balanced.rows].filter((r) => classes[r] === key);
    expect(ofClass).toEqual([...order].filter((r) => classes[r] === key).slice(0, 100));
  }
});

it('selectBatch(column, { balance }) leaves no class more than one behind, but for those that ran out', () => {
  const classes = ['a', 'a', 'a', 'a', 'a', 'b', 'c', 'c', 'c', null, null];
  const values = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
  expect([...selectBatch(descending(values), { count: 9, classes, balance: true }).rows]).toEqual([
    0, 5, 6, 9, 1, 7, 10, 2, 8,
  ]);
});

it('selectBatch picks every candidate once where nothing limits it, and none twice', () => {
  const column = descending([3, NaN, 5, 4, -Infinity]);
  expect([...selectBatch(column).rows]).toEqual([2, 3, 0, 4]);
  expect([...selectBatch(column, { count: 99 }).rows]).toEqual([2, 3, 0, 4]);
  expect([...selectBatch(column, { labelled: [2, 2] }).rows]).toEqual([3, 0, 4]);
  expect([...selectBatch(column, { among: [4, 1, 2, 2], labelled: [0] }).rows]).toEqual([2, 4]);
  expect(selectBatch(column, { count: 0 })).toHaveLength(0);
  expect(selectBatch(descending([]), { count: 3 })).toHaveLength(0);
  expect(selectBatch(column, { among: [] })).toHaveLength(0);
});

it('selectBatch breaks ties by id, by seed where there is one, last of all by row', () => {
  const column = descending([1, 1, 1, 1]);
  expect([...selectBatch(column).rows]).toEqual([0, 1, 2, 3]);
  expect([...selectBatch(column, { ids: ['d', 'b', 'c', 'a'] }).rows]).toEqual([3, 1, 2, 0]);
  const bySeed = new Set(Array.from({ length: 30 }, (_, seed) => selectBatch(column, { seed }).rows.join()));
  expect(bySeed.size).toBeGreaterThan(5);
});

it('rows whose key is null or NaN are each a group of their own, and have no quota', () => {
  const column = descending([4, 3, 2, 1]);
  expect([...selectBatch(column, { groups: [null, null, 'v', 'v'] }).rows]).toEqual([0, 1, 2]);
  expect([...selectBatch(column, { groups: Float64Array.of(NaN, NaN, 7, 7) }).rows]).toEqual([0, 1, 2]);
  const classes = [null, null, 'null', 'null'];
  expect([...selectBatch(column, { classes, quotas: { null: 1 } }).rows]).toEqual([0, 1, 2]);
  const { rows, unmet } = selectBatch(column, { classes, count: 2, quotas: { null: { min: 1 } } });
  expect([[...rows], unmet]).toEqual([[2, 0], []]);
});

it('selectBatch says what each pick scored, its ranks among the candidates, and what it passed over', () => {
  const column = ascending([0.03, 0.01, 0.02, 0.05, 0.09, 0.04, NaN], 'margin');
  const batch = selectBatch(column, {
    count: 3,
    labelled: [5],
    groups: ['v1', 'v1', 'v1', 'v1', 'v2', 'v3', 'v4'],
    maxPerGroup: 2,
    costs: [1, 2, 3, 1, 1, 1, 1],
    budget: 20,
    also: [descending([1, 2, 3, 4, 5, 6, 7], 'density'), descending([0, NaN, 0, 0, 1, 0, 0], 'loss')],
  });
  expect([...batch]).toEqual([
    {
      row: 1,
      rank: 1,
      reason: '1st by margin (0.0100)',
      scores: { margin: 0.01, density: 2, loss: NaN, cost: 2 },
      ranks: { margin: 1, density: 4 },
    },
    {
      row: 2,
      rank: 2,
      reason: '2nd by margin (0.0200)',
      scores: { margin: 0.02, density: 3, loss: 0, cost: 3 },
      ranks: { margin: 2, density: 3, loss: 3 },
    },
    {
      row: 4,
      rank: 3,
      reason: '5th by margin (0.0900), passing over 2 of group v1',
      scores: { margin: 0.09, density: 5, loss: 1, cost: 1 },
      ranks: { margin: 5, density: 1, loss: 1 },
    },
  ]);
});

it('reasons say whose turn it was, what was too dear, and which quotas were full', () => {
  const classes = ['dog', 'dog', 'dog', 'cat', 'cat', null];
  const column = descending([9, 8, 7, 6, 5, 4]);
  const reasonsOf = (options: SelectBatchOptions): string[] =>
    [...selectBatch(column, options)].map(({ reason }) => reason);
  expect(reasonsOf({ classes, count: 4, balance: true })).toEqual([
    'the 1st of class dog: 1st by doubt (9.00)',
    'the 1st of class cat: 4th by doubt (6.00)',
    'the 1st of those without a class: 6th by doubt (4.00)',
    'the 2nd of class dog: 2nd by doubt (8.00)',
  ]);
  expect(reasonsOf({ classes, quotas: { cat: { min: 1 }, dog: 1 } })).toEqual([
    'for the minimum of class cat (1 of 1): 4th by doubt (6.00)',
    '1st by doubt (9.00)',
    '5th by doubt (5.00), passing over 2 of class dog',
    '6th by doubt (4.00)',
  ]);
  expect(reasonsOf({ costs: [2, 9, 9, 9, 9, 1], budget: 4 }).at(-1)).toBe(
    '6th by doubt (4.00), passing over 4 too dear',
  );
  const groups = ['a', 'b', 'c', 'd', 'a', 'b', 'c', 'd', 'd', 'e'];
  const last = selectBatch(descending([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]), { groups }).at(-1)!;
  expect(last.reason).toBe('10th by doubt (0.00), passing over 1 of group a, 1 of group b, 1 of group c, 2 others');
});

it('selectBatch tells which classes did not get their minimum', () => {
  const options = { classes: ['cat', 'cat', 'dog'], quotas: { cat: { min: 2 }, dog: { min: 1 }, owl: { min: 1 } } };
  const column = descending([1, 2, 3]);
  expect(selectBatch(column, options).unmet).toEqual([{ class: 'owl', wanted: 1, picked: 0 }]);
  expect(selectBatch(column, { ...options, groups: ['v', 'v', 'v'] }).unmet).toEqual([
    { class: 'cat', wanted: 2, picked: 0 },
    { class: 'owl', wanted: 1, picked: 0 },
  ]);
  expect(selectBatch(column, { classes: ['a', 'b', 'a'], quotas: { a: 1 } }).unmet).toEqual([]);
});

it.each<[SelectBatchOptions, string]>([
  [{ count: -1 }, 'count is -1; expected a whole number of 0 or more'],
  [{ count: 1.5 }, 'count is 1.5'],
  [{ ids: ['a'] }, '1 ids for 2 rows; expected one for each'],
  [{ groups: ['a'] }, '1 groups for 2 rows'],
  [{ groups: ['a', 'b'], maxPerGroup: 0 }, 'maxPerGroup is 0; expected a whole number of 1 or more'],
  [{ maxPerGroup: 2 }, 'maxPerGroup without groups'],
  [{ classes: [] }, '0 classes for 2 rows'],
  [{ quotas: {} }, 'quotas without classes'],
  [{ balance: true }, 'balance without classes'],
  [{ classes: [1, 2], balance: true, quotas: {} }, 'quotas and balance; expected one of them'],
  [{ classes: [1, 2], quotas: { 1: -1 } }, "quotas['1'].max is -1"],
  [{ classes: [1, 2], quotas: { 1: { min: 3, max: 2 } } }, "quotas['1'] is 3 to 2; expected min up to max"],
  [
    { classes: [1, 2], quotas: { 1: { min: 2 }, 2: { min: 2 } }, count: 3 },
    'the minimums of quotas add up to 4; expected at most count, 3',
  ],
  [{ costs: [1, 2] }, 'costs without a budget'],
  [{ budget: 2 }, 'a budget without costs'],
  [{ costs: [1], budget: 2 }, '1 costs for 2 rows'],
  [{ costs: [1, -1], budget: 2 }, 'costs[1] is -1; expected a number of 0 or more'],
  [{ costs: [NaN, 1], budget: 2 }, 'costs[0] is NaN'],
  [{ costs: [1, 1], budget: NaN }, 'budget is NaN; expected a number of 0 or more'],
  [{ labelled: [0, 2] }, 'labelled[1] is 2; expected a row of 0 to 1'],
  [{ among: [0.5] }, 'among[0] is 0.5; expected a row of 0 to 1'],
  [{ also: [descending([1, 2])] }, "two columns are called 'doubt'; expected a name for each"],
  [{ also: [descending([1], 'loss')] }, "'loss' has 1 rows, 'doubt' has 2; expected as many"],
  [{ also: [descending([1, 2], 'cost')], costs: [1, 1], budget: 1 }, "two columns are called 'cost'"],
])('selectBatch(column, %j) throws a RangeError', (options, message) => {
  expect(() => selectBatch(descending([1, 2]), options)).toThrow(RangeError);
  expect(() => selectBatch(descending([1, 2]), options)).toThrow(`selectBatch: ${message}`);
});
