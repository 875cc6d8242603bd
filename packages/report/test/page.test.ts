import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageAt, thumbnailAt } from '../src/page/cells/cell-at.ts';
import { createCellSelector } from '../src/page/filters/select-cells.ts';
import { fromHash, initialState, toHash } from '../src/page/view-state.ts';
import type { ViewState } from '../src/page/view-state.ts';
import type { Mark, Marks } from '../src/selection.ts';
import { unlikeText } from '../src/page/alike/alike-state.ts';
import { cell, dataOf } from './cells.ts';

const accept: Mark = { verdict: 'accept', tags: [] };
const reject: Mark = { verdict: 'reject', tags: ['blurry', 'night'] };

const data = dataOf(
  [
    cell('a', { values: [0.3, 0.1] }),
    cell('b', { values: [0.1, 0.9], label: 1, second: 0, score: 0.9 }),
    { id: 'c', image: 'c.jpg', values: [NaN, NaN] },
    cell('d', { values: [0.1, 0.5], label: 2, image: 'Street 7.jpg', score: 0.1 }),
  ],
  { labels: ['cat', 'dog', 'fox'] },
);

const none: Marks = new Map();
const ids = (part: Partial<ViewState>, marks = none): string =>
  createCellSelector(data)({ ...initialState, ...part }, marks)
    .map((index) => data.cells.id[index]!)
    .join('');

describe('createCellSelector(data)', () => {
  it.each<[Partial<ViewState>, string]>([
    [{}, 'bdac'],
    [{ reversed: true }, 'abdc'],
    [{ sort: 1 }, 'bdac'],
    [{ sort: 1, reversed: true }, 'adbc'],
    [{ label: 1 }, 'b'],
    [{ pair: [0, 1] }, 'a'],
    [{ words: 'STREET fox' }, 'd'],
    [{ words: 'street cat' }, ''],
    [{ ranges: { score: [0.5, null] } }, 'ba'],
    [{ ranges: { score: [null, 0.50005] } }, 'da'],
    [{ ranges: { margin: [0.1, 0.2] } }, 'bd'],
    [{ ranges: { margin: [0.2, null] } }, 'a'],
    [{ ranges: { margin: [null, 0.2], entropy: [0.6, null] } }, 'b'],
    [{ sort: 1, ranges: { entropy: [null, 0.5] } }, 'a'],
    [{ sort: 1, ranges: { entropy: [null, 0.6] } }, 'da'],
    [{ percent: 50 }, 'bd'],
    [{ percent: 1 }, 'b'],
  ])('%j is %s', (part, expected) => expect(ids(part)).toBe(expected));

  it('filters by verdicts and tags', () => {
    const marks = new Map([
      ['a', accept],
      ['b', reject],
    ]);
    expect(ids({ mark: 'accept' }, marks)).toBe('a');
    expect(ids({ mark: 'reject' }, marks)).toBe('b');
    expect(ids({ mark: 'none' }, marks)).toBe('dc');
    expect(ids({ mark: '#night' }, marks)).toBe('b');
    expect(ids({ mark: '#day' }, marks)).toBe('');
  });

  it('says the same whatever was asked before', () => {
    const select = createCellSelector(data);
    const asked = [{ sort: 1 }, { words: 'fox' }, {}, { reversed: true }, {}] as Partial<ViewState>[];
    for (const part of asked)
      expect(
        select({ ...initialState, ...part }, none)
          .map((index) => data.cells.id[index]!)
          .join(''),
      ).toBe(ids(part));
  });
});

describe('thumbnailAt(data, index) and imageAt(data, index)', () => {
  const region = { x: 10, y: 0, width: 20, height: 20 };
  const boxes = [
    { xmin: 15, ymin: 5, xmax: 25, ymax: 15, label: 1, score: 0.5 },
    { xmin: 0, ymin: -5, xmax: 20, ymax: 40 },
    { xmin: 31, ymin: 0, xmax: 39, ymax: 9 },
  ];

  it('have boxes relative to what is shown, cut off at its edges', () => {
    const [of] = [dataOf([cell('a', { region, boxes })])];
    expect(thumbnailAt(of, 0)).toEqual({
      ...{ src: 'a.png', x: 10, y: 0, width: 20, height: 20 },
      boxes: [
        { at: 0, layer: 0, isDeciding: false, text: 'dog 0.50', left: 0.25, top: 0.25, width: 0.5, height: 0.5 },
        { at: 1, layer: 0, isDeciding: false, text: '', left: 0, top: 0, width: 0.5, height: 1 },
      ],
    });
    expect(imageAt(of, 0)).toEqual(thumbnailAt(of, 0));
  });

  it('show the whole image where a server has it', () => {
    const { src, width, height, boxes: drawn } = imageAt(dataOf([cell('a', { region, boxes })], {}, true), 0);
    expect([src, width, height]).toEqual(['image/0', 40, 20]);
    expect(drawn[2]!.left).toBe(0.775);
    expect(drawn[2]!.width).toBeCloseTo(0.2, 12);
  });

  it('have what is drawn with a box, also where a box before it is invalid', () => {
    const shape = { area: 'M1 1L9 1L9 9z', outline: 'M0 0L5 5z' };
    const [first, second] = boxes;
    const invalid = { xmin: 9, ymin: 9, xmax: 1, ymax: 1, shape };
    const of = dataOf([
      cell('a'),
      cell('b', { boxes: [invalid, first!, { ...second!, shape }] }),
      cell('c', { boxes: [first!] }),
    ]);
    expect(of.cells.shapes).toEqual([null, [[1, shape]], null]);
    expect(thumbnailAt(of, 1).boxes.map((box) => box.shape)).toEqual([undefined, shape]);
    expect(thumbnailAt(of, 2).boxes[0]).not.toHaveProperty('shape');
    expect(dataOf([cell('a')]).cells).not.toHaveProperty('shapes');
  });

  it('draw nothing over an image of which nobody knows the size', () => {
    const bare = dataOf([{ id: 'a', image: 'a', values: [1, 1], boxes }]);
    expect(thumbnailAt(bare, 0)).toEqual({ src: null, x: 0, y: 0, width: 4, height: 3, boxes: [] });
  });
});

describe('toHash(state) and fromHash(hash, data)', () => {
  it('are each other’s inverse', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 });
    const bound = fc.option(number.map((value) => (Object.is(value, -0) ? 0 : value)));
    const rich = richData();
    const state = fc.record({
      sort: fc.integer({ min: 0, max: 1 }),
      reversed: fc.boolean(),
      label: fc.option(fc.integer({ min: 0, max: 2 })),
      pair: fc.option(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }))),
      words: fc.string({ maxLength: 60 }),
      ranges: fc
        .dictionary(fc.constantFrom('margin', 'entropy', 'score', 'column.a:b,c%'), fc.tuple(bound, bound))
        .map((all) => Object.fromEntries(Object.entries(all).filter(([, ends]) => ends.some((end) => end !== null)))),
      columns: fc.dictionary(fc.constantFrom('camera', 'a:b&c%'), fc.string()),
      folder: fc.constantFrom(null, 'night', 'night/rain', 'day'),
      models: fc.constantFrom(null, 'agreed', 'differently', 'onlyFirst', 'onlySecond'),
      percent: fc.integer({ min: 1, max: 100 }),
      mark: fc.option(
        fc.oneof(
          fc.constantFrom('accept', 'reject', 'none'),
          fc.string({ minLength: 1 }).map((tag) => `#${tag}`),
        ),
      ),
      answered: fc.option(fc.constantFrom('all' as const, 'some' as const, 'none' as const)),
      outcome: fc.option(fc.constantFrom('true', 'false', 'missed')),
      taken: fc.option(fc.constantFrom<[number, number]>([0, 1], [2, 2], [-1, 0], [1, -1])),
      kind: fc.option(fc.integer({ min: 0, max: 1 })),
      size: fc.integer({ min: 120, max: 480 }),
      aside: fc.boolean(),
      ask: fc.constantFrom(null, 'information' as const, 'pictures' as const, 'grid' as const, 'random' as const),
      cell: fc.option(fc.string()),
      part: fc.constant(''),
      fold: fc.constantFrom('no', 'image', '0.1', '2.5'),
      group: fc.option(fc.string({ minLength: 1 })),
      like: fc.option(fc.string({ minLength: 1 })),
      unlike: fc.array(fc.string(), { maxLength: 50 }).map(unlikeText),
      colours: fc.constantFrom('doubt' as const, 'class' as const, 'mark' as const),
    });
    fc.assert(
      fc.property(state, (asked) => {
        // "null" as a cell's id cannot be told from no cell, and opens nothing.
        fc.pre(asked.cell !== 'null');
        expect(fromHash(`#${toHash(asked)}`, rich)).toEqual(asked);
      }),
    );
    expect(toHash(initialState)).toBe('');
  });

  it.each([
    '',
    '#',
    '#sort=9&label=-1&pair=1&percent=x&mark=maybe&reversed=yes&ranges=margin:low:&aside=1&size=20',
    '#ranges=price:0:1,__proto__:1:2,%25:1:2,margin&folder=night&models=agreed',
    '#size=481',
    '#percent=',
    '#size=wide',
    '#outcome=missed&taken=0,1&kind=0',
    '#pair=0,99&__proto__=1&mark=%23',
  ])('takes %j for the beginning', (hash) => expect(fromHash(hash, data)).toEqual(initialState));
});

/** With all that a filter can ask for. */
function richData(): ReturnType<typeof dataOf> {
  const boxes = [{ xmin: 1, ymin: 1, xmax: 2, ymax: 2, partner: 0 }];
  const one = cell('a', {
    folder: 'night/rain',
    columns: [1],
    otherValues: [0.5],
    pairs: [],
    boxes,
    kind: 0,
    words: ['x', null],
  });
  return dataOf([one, { ...one, id: 'b', folder: 'day' }], {
    ...{
      labels: ['cat', 'dog', 'fox'],
      columns: ['a:b,c%'],
      wordColumns: ['camera', 'a:b&c%'],
      layers: ['one', 'other'],
    },
    kinds: ['wrong class', 'missing label'],
    strategies: [
      { name: 'margin', order: 'ascending', compared: true },
      { name: 'entropy', order: 'descending' },
    ],
  });
}
