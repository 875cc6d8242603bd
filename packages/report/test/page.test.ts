import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { browserStore, marksAsCsv, marksAsJson, openMarks, serverStore } from '../src/page/marks.ts';
import { imageAt, thumbnailAt } from '../src/page/cell-at.ts';
import { createCellSelector } from '../src/page/select-cells.ts';
import { fromHash, initialState, toHash } from '../src/page/view-state.ts';
import type { ViewState } from '../src/page/view-state.ts';
import { readMark } from '../src/selection.ts';
import type { Mark, Marks } from '../src/selection.ts';
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
    [{ minScore: 0.5 }, 'ba'],
    [{ maxScore: 0.5 }, 'da'],
    [{ from: 0.1, to: 0.2 }, 'bd'],
    [{ from: 0.2 }, 'a'],
    [{ sort: 1, to: 0.5 }, 'a'],
    [{ sort: 1, to: 0.6 }, 'da'],
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
      ...{ src: 'a.png', width: 20, height: 20 },
      boxes: [
        { layer: 0, text: 'dog 0.50', left: 0.25, top: 0.25, width: 0.5, height: 0.5 },
        { layer: 0, text: '', left: 0, top: 0, width: 0.5, height: 1 },
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

  it('draw nothing over an image of which nobody knows the size', () => {
    const bare = dataOf([{ id: 'a', image: 'a', values: [1, 1], boxes }]);
    expect(thumbnailAt(bare, 0)).toEqual({ src: null, width: 4, height: 3, boxes: [] });
  });
});

describe('toHash(state) and fromHash(hash, data)', () => {
  it('are each other’s inverse', () => {
    const bound = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }));
    const state = fc.record({
      sort: fc.integer({ min: 0, max: 1 }),
      reversed: fc.boolean(),
      label: fc.option(fc.integer({ min: 0, max: 2 })),
      pair: fc.option(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }))),
      words: fc.string({ maxLength: 60 }),
      minScore: fc.double({ min: 0, max: 1, noNaN: true }),
      maxScore: fc.double({ min: 0, max: 1, noNaN: true }),
      from: bound.map((value) => (Object.is(value, -0) ? 0 : value)),
      to: bound.map((value) => (Object.is(value, -0) ? 0 : value)),
      percent: fc.integer({ min: 1, max: 100 }),
      mark: fc.option(
        fc.oneof(
          fc.constantFrom('accept', 'reject', 'none'),
          fc.string({ minLength: 1 }).map((tag) => `#${tag}`),
        ),
      ),
      aside: fc.boolean(),
      cell: fc.option(fc.string()),
    });
    fc.assert(
      fc.property(state, (asked) => {
        // "null" as a cell's id cannot be told from no cell, and opens nothing.
        fc.pre(asked.cell !== 'null');
        expect(fromHash(`#${toHash(asked)}`, data)).toEqual(asked);
      }),
    );
    expect(toHash(initialState)).toBe('');
  });

  it.each([
    '',
    '#',
    '#sort=9&label=-1&pair=1&minScore=2&percent=x&mark=maybe&reversed=yes&from=low&to=&aside=1',
    '#pair=0,99&__proto__=1&mark=%23',
  ])('takes %j for the beginning', (hash) => expect(fromHash(hash, data)).toEqual(initialState));
});

describe('readMark(value)', () => {
  it.each<[unknown, Mark | null]>([
    [{ verdict: 'accept', tags: [] }, accept],
    [
      { verdict: 'burn', tags: ['b', ' a ', 'b', '', 7] },
      { verdict: null, tags: ['a', 'b'] },
    ],
    [{ tags: ['x'.repeat(999)] }, { verdict: null, tags: ['x'.repeat(60)] }],
    [{ verdict: null, tags: 'abc' }, null],
    [null, null],
    ['accept', null],
  ])('%j is %j', (value, expected) => expect(readMark(value)).toEqual(expected));
});

describe('openMarks(data, store)', () => {
  type Kept = ReturnType<Parameters<typeof browserStore>[1]>;

  function storage(text: string | null): Kept {
    const kept = new Map(text === null ? [] : [['qualm-report-r', text]]);
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    } as never;
  }

  it('keeps marks from one visit to the next', async () => {
    const kept = storage(null);
    const marks = await openMarks(
      data,
      browserStore('r', () => kept),
    );
    await marks.set('a', reject);
    await marks.set('b', accept);
    await marks.set('b', null);
    expect([
      ...(
        await openMarks(
          data,
          browserStore('r', () => kept),
        )
      ).all,
    ]).toEqual([['a', reject]]);
  });

  it.each(['no json', 'null', '7', '{"a":{"verdict":"burn"},"zzz":{"verdict":"accept"}}', null])(
    'begins anew from %j',
    async (text) => {
      expect([
        ...(
          await openMarks(
            data,
            browserStore('r', () => storage(text)),
          )
        ).all,
      ]).toEqual([]);
    },
  );

  it('marks all the same where nothing can be kept', async () => {
    const marks = await openMarks(
      data,
      browserStore('r', () => {
        throw new Error('denied');
      }),
    );
    await marks.set('a', accept);
    expect([...marks.all]).toEqual([['a', accept]]);
  });

  it('tells a server, and says when it does not answer', async () => {
    const request = vi.fn<typeof fetch>();
    request.mockResolvedValueOnce(Response.json({ a: accept, zzz: accept }));
    const marks = await openMarks(data, serverStore(request));
    expect([...marks.all.keys()]).toEqual(['a']);
    request.mockResolvedValueOnce(new Response(null, { status: 204 }));
    await marks.set('b', reject);
    expect(JSON.parse(request.mock.lastCall![1]!.body as string)).toEqual({ id: 'b', ...reject });
    request.mockResolvedValueOnce(new Response(null, { status: 500 }));
    await expect(marks.set('b', null)).rejects.toThrow('the server said 500');
    expect(marks.all.has('b')).toBe(false);
  });
});

describe('the export', () => {
  const named = dataOf([cell('=1+1', { image: 'a "b",\n.jpg' }), cell('plain'), cell('left')]);
  const marks: Marks = new Map([
    ['=1+1', accept],
    ['plain', reject],
  ]);

  it('is CSV that is no formula', () => {
    expect(marksAsCsv(named, marks)).toBe(
      'id,image,label,score,verdict,tags,margin,entropy\r\n' +
        `'=1+1,"a ""b"",\n.jpg",cat,0.5,accept,,0.25,0.5\r\nplain,plain.jpg,cat,0.5,reject,blurry night,0.25,0.5\r\n`,
    );
  });

  it('is JSON of what was marked', () => {
    expect(JSON.parse(marksAsJson(named, marks))).toEqual({
      report: named.id,
      title: 'Toys',
      selection: [
        { id: '=1+1', image: 'a "b",\n.jpg', label: 'cat', ...accept },
        { id: 'plain', image: 'plain.jpg', label: 'cat', ...reject },
      ],
    });
  });
});
