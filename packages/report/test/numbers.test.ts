import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberBins, noBin } from '../src/page/numbers/number-bins.ts';
import { numbersOf } from '../src/page/numbers/numbers-of.ts';
import { rangeWords } from '../src/page/numbers/number-range.ts';
import { rangeAfterKey, rangeAfterPull } from '../src/page/numbers/brush.ts';
import type { BinRange } from '../src/page/numbers/brush.ts';
import { createCellSelector } from '../src/page/filters/select-cells.ts';
import { initialState } from '../src/page/view-state.ts';
import { cell, dataOf } from './cells.ts';

describe('numbersOf(data)', () => {
  const box = { xmin: 0, ymin: 0, xmax: 20, ymax: 10 };
  const data = dataOf(
    [
      cell('a', { boxes: [{ ...box, box: 3 }], box: 3, score: 0.5, columns: [7], otherValues: [0.75], numBoxes: 12 }),
      // The box that decides is the second one, and the other model says nothing.
      cell('b', {
        boxes: [
          { ...box, box: 0 },
          { xmin: 0, ymin: 0, xmax: 4, ymax: 16, box: 1 },
        ],
        ...{ box: 1, score: 0.25, columns: [NaN], otherValues: [NaN] },
      }),
      { id: 'c', image: 'c.jpg', values: [NaN, NaN], columns: [-1], otherValues: [0.5] },
    ],
    {
      ...{ columns: ['cost'], layers: ['one', 'two'] },
      strategies: [
        { name: 'margin', order: 'ascending', compared: true },
        { name: 'entropy', order: 'descending' },
      ],
    },
  );
  const values = (key: string): number[] => [
    ...numbersOf(data)
      .find((one) => one.key === key)!
      .values(0),
  ];

  it('has those of strategies first, then of the other model, of boxes, of a list', () => {
    expect(numbersOf(data).map(({ key, words }) => [key, words])).toEqual([
      ['margin', 'margin, one'],
      ['entropy', 'entropy'],
      ['other.margin', 'margin, two'],
      ['difference.margin', 'margin, two − one'],
      ['score', 'score'],
      ['size', 'size of the box, % of its image'],
      ['aspect', 'width of the box by its height'],
      ['boxes', 'boxes an image'],
      ['column.cost', 'cost'],
    ]);
  });

  it('says of each cell what it is, NaN where nobody knows', () => {
    expect(values('difference.margin')).toEqual([0.5, NaN, NaN]);
    expect(values('score')).toEqual([0.5, 0.25, NaN]);
    // Of images of 40 x 20 pixels.
    expect(values('size')).toEqual([25, 8, NaN]);
    expect(values('aspect')).toEqual([2, 0.25, NaN]);
    expect(values('boxes')).toEqual([12, NaN, NaN]);
    expect(values('column.cost')).toEqual([7, NaN, -1]);
  });

  it('a difference orders by who is less sure: a smaller margin of the second model comes first', () => {
    const { order, ends, say } = numbersOf(data)[3]!;
    expect([order, ends]).toEqual(['ascending', ['two less sure first', 'one less sure first']]);
    expect([say(0.5), say(-0.5)]).toEqual(['+0.5', '-0.5']);
  });

  it('has keys of their own for columns of one name, and for names that objects know', () => {
    const twice = dataOf([cell('a', { columns: [1, 2, 3] })], { columns: ['x', 'x', '__proto__'] });
    const select = createCellSelector(twice);
    expect(
      numbersOf(twice)
        .slice(-3)
        .map(({ key }) => key),
    ).toEqual(['column.x', 'column.x.2', 'column.__proto__']);
    expect(select({ ...initialState, ranges: { 'column.x.2': [2, null] } }, new Map())).toEqual([0]);
    expect(select({ ...initialState, ranges: { 'column.__proto__': [4, null] } }, new Map())).toEqual([]);
  });
});

const linear = { isWhole: false, scale: 'linear' } as const;

describe('numberBins(number, values)', () => {
  const kinds = [linear, { isWhole: false, scale: 'log' }, { isWhole: true, scale: 'linear' }] as const;
  const numbers = (isWhole: boolean): fc.Arbitrary<number[]> =>
    fc.array(isWhole ? fc.integer({ min: -1e6, max: 1e6 }) : fc.double({ min: 0, max: 1e9, noNaN: true }), {
      minLength: 1,
      maxLength: 60,
    });

  it.each(kinds)('holds each number in the bin that a filter by its edges finds it in, %j', (kind) => {
    fc.assert(
      fc.property(numbers(kind.isWhole), (list) => {
        const values = Float64Array.from(list);
        const { edges, binOf } = numberBins(kind, values)!;
        expect(edges.length - 1).toBeLessThanOrEqual(40);
        edges.forEach((edge, at) => at > 0 && expect(edge).toBeGreaterThan(edges[at - 1]!));
        binOf.forEach((bin, at) => {
          // The ends of the whole are no ends.
          if (bin > 0) expect(values[at]).toBeGreaterThanOrEqual(edges[bin]!);
          if (bin < edges.length - 2) expect(values[at]).toBeLessThan(edges[bin + 1]!);
        });
      }),
    );
  });

  it.each([
    ['no number', [NaN, NaN], null],
    ['one number', [3, NaN], [0, noBin]],
    ['equal numbers', [0, 0], [0, 0]],
  ])('of %s', (_, values, bins) => {
    const made = numberBins(linear, Float64Array.from(values));
    expect(made && [...made.binOf]).toEqual(bins);
  });

  it('has a bin for each count', () => {
    const { edges } = numberBins({ isWhole: true, scale: 'linear' }, Float64Array.of(2, 5))!;
    expect([...edges]).toEqual([1.5, 2.5, 3.5, 4.5, 5.5]);
  });
});

describe('rangeWords(number, range)', () => {
  const [score, boxes] = [
    { isWhole: false, say: String },
    { isWhole: true, say: String },
  ].map((part) => ({ ...numbersOf(dataOf([cell('a')]))[0]!, ...part })) as [never, never];
  it.each([
    [score, [0.1, 0.25], '0.1 to 0.25'],
    [score, [null, 0.25], 'below 0.25'],
    [score, [0.1, null], 'from 0.1'],
    [boxes, [1.5, 4.5], '2 to 4'],
    [boxes, [1.5, 2.5], '2'],
    [boxes, [null, 4.5], 'up to 4'],
    [boxes, [1.5, null], 'from 2'],
  ] as const)('of %# %j is %s', (number, range, words) => expect(rangeWords(number, range)).toBe(words));
});

describe('a brush over 10 bins', () => {
  it.each<[string, boolean, BinRange, 0 | 1, BinRange | null]>([
    ['ArrowRight', false, [2, 5], 0, [3, 5]],
    ['ArrowRight', true, [2, 5], 0, [4, 5]],
    ['ArrowLeft', false, [0, 5], 0, [0, 5]],
    ['ArrowUp', false, [2, 5], 1, [2, 6]],
    ['ArrowDown', true, [2, 9], 1, [2, 4]],
    ['PageDown', false, [2, 9], 1, [2, 4]],
    ['PageUp', false, [2, 4], 1, [2, 9]],
    ['Home', false, [2, 5], 0, [0, 5]],
    ['Home', false, [2, 5], 1, [2, 3]],
    ['End', false, [2, 5], 0, [4, 5]],
    ['End', false, [2, 5], 1, [2, 10]],
    ['Escape', false, [2, 5], 1, null],
    ['a', false, [2, 5], 1, [2, 5]],
  ])('after %s, shift %s, from %j, end %d is %j', (key, shiftKey, range, end, expected) =>
    expect(rangeAfterKey({ key, shiftKey }, range, end, 10)).toEqual(expected),
  );

  it.each<[number, number, BinRange | null, BinRange]>([
    [2, 5, null, [2, 6]],
    [5, 2, null, [2, 6]],
    [3, 4, [2, 5], [3, 6]],
    [3, 0, [2, 5], [0, 3]],
    [3, 9, [2, 5], [7, 10]],
  ])('pulled from %d to %d, holding %j, is %j', (from, to, held, expected) =>
    expect(rangeAfterPull({ from, to, held }, 10)).toEqual(expected),
  );
});
