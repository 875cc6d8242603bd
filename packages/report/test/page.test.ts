import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { browserStore, marksAsCsv, marksAsJson, openMarks, serverStore } from '../src/page/marks.ts';
import type { MarkKeeper } from '../src/page/marks.ts';
import { imageAt, thumbnailAt } from '../src/page/cell-at.ts';
import { createCellSelector } from '../src/page/select-cells.ts';
import { fromHash, initialState, toHash } from '../src/page/view-state.ts';
import type { ViewState } from '../src/page/view-state.ts';
import { applyChange, changeBetween, readChange } from '../src/mark-change.ts';
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
      ...{ src: 'a.png', x: 10, y: 0, width: 20, height: 20 },
      boxes: [
        { layer: 0, isDeciding: false, text: 'dog 0.50', left: 0.25, top: 0.25, width: 0.5, height: 0.5 },
        { layer: 0, isDeciding: false, text: '', left: 0, top: 0, width: 0.5, height: 1 },
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
  type Kept = ReturnType<Parameters<typeof browserStore>[0]>;

  function storage(entries: Readonly<Record<string, string>> = {}): Kept {
    const kept = new Map(Object.entries(entries));
    return {
      get length() {
        return kept.size;
      },
      key: (at: number) => [...kept.keys()][at] ?? null,
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
      clear: () => kept.clear(),
    };
  }

  const opened = (kept: Kept): Promise<MarkKeeper> =>
    openMarks(
      data,
      browserStore(() => kept),
    );

  it('keeps marks from one visit to the next', async () => {
    const kept = storage();
    const marks = await opened(kept);
    await marks.set('a', reject);
    await marks.set('b', accept);
    await marks.set('b', null);
    expect([...(await opened(kept)).all]).toEqual([['a', reject]]);
  });

  it('knows a cell in every report that has it, and no other', async () => {
    const kept = storage();
    await (await opened(kept)).set('a', reject);
    const other = dataOf([cell('a#dog@1,2,3,4'), cell('a')], { title: 'Another' });
    const marks = await openMarks(
      other,
      browserStore(() => kept),
    );
    expect([...marks.all]).toEqual([['a', reject]]);
  });

  it('of two tabs adds what both say', async () => {
    const kept = storage();
    const [one, two] = [await opened(kept), await opened(kept)];
    expect(await one.set('a', accept)).toEqual([]);
    expect(await two.set('b', accept)).toEqual([]);
    expect(await two.set('a', { verdict: null, tags: ['night'] })).toEqual([]);
    expect(two.all.get('a')).toEqual({ verdict: 'accept', tags: ['night'] });
    expect(await one.refresh()).toBe(true);
    expect(await one.refresh()).toBe(false);
    expect([...one.all]).toEqual([
      ['a', { verdict: 'accept', tags: ['night'] }],
      ['b', accept],
    ]);
  });

  it('of two tabs that disagree tells the later one, and shows it what the other said', async () => {
    const kept = storage();
    const [one, two] = [await opened(kept), await opened(kept)];
    await one.set('a', accept);
    expect(await two.set('a', { verdict: 'reject', tags: ['night'] })).toEqual(['a']);
    expect(two.all.get('a')).toEqual({ verdict: 'accept', tags: ['night'] });
    expect(await two.set('a', reject)).toEqual([]);
    expect((await opened(kept)).all.get('a')).toEqual(reject);
  });

  it.each(['no json', 'null', '7', '{"verdict":"burn"}'])('begins anew from %j', async (text) => {
    expect([...(await opened(storage({ 'qualm-mark/a': text, other: text }))).all]).toEqual([]);
  });

  it('marks all the same where nothing can be kept', async () => {
    const marks = await openMarks(
      data,
      browserStore(() => {
        throw new Error('denied');
      }),
    );
    await marks.set('a', accept);
    await marks.set('b', accept);
    await marks.set('b', null);
    await marks.refresh();
    expect([...marks.all]).toEqual([['a', accept]]);
  });

  it('tells a server what changed, and says when it does not answer; the next mark saves that too', async () => {
    const request = vi.fn<typeof fetch>();
    const told = (): unknown => JSON.parse(request.mock.lastCall![1]!.body as string);
    request.mockResolvedValueOnce(Response.json({ a: accept, zzz: accept }));
    const marks = await openMarks(data, serverStore(request));
    expect([...marks.all.keys()]).toEqual(['a']);
    request.mockResolvedValueOnce(new Response(null, { status: 500 }));
    await expect(marks.set('b', reject)).rejects.toThrow('the server said 500');
    expect(marks.all.get('b')).toEqual(reject);
    request.mockResolvedValueOnce(Response.json(reject)).mockResolvedValueOnce(Response.json(null));
    expect(await marks.set('a', null)).toEqual([]);
    expect(request.mock.calls.slice(2).map(([, init]) => JSON.parse(init!.body as string) as unknown)).toEqual([
      { id: 'b', verdict: { from: null, to: 'reject' }, tags: { add: ['blurry', 'night'], remove: [] } },
      { id: 'a', verdict: { from: 'accept', to: null } },
    ]);
    request.mockResolvedValueOnce(Response.json(accept, { status: 409 }));
    expect(await marks.set('a', reject)).toEqual(['a']);
    expect(told()).toMatchObject({ verdict: { from: null, to: 'reject' } });
    expect(marks.all.get('a')).toEqual(accept);
  });
});

describe('applyChange(mark, change)', () => {
  const verdict = fc.constantFrom('accept' as const, 'reject' as const, null);
  const mark = fc
    .record({ verdict, tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd')) })
    .map((value) => readMark(value));

  it('of the change between two marks leads from the one to the other', () => {
    fc.assert(
      fc.property(mark, mark, (one, two) => {
        expect(applyChange(one, changeBetween(one, two))).toEqual({ mark: two, isBehind: false });
        expect(readChange(JSON.parse(JSON.stringify(changeBetween(one, two))))).toEqual(changeBetween(one, two));
      }),
    );
  });

  it('of two changes keeps both, in either order, unless both change the verdict', () => {
    fc.assert(
      fc.property(mark, mark, mark, (from, one, two) => {
        const [first, second] = [changeBetween(from, one), changeBetween(from, two)];
        const [there, back] = [
          applyChange(applyChange(from, first).mark, second),
          applyChange(applyChange(from, second).mark, first),
        ];
        const bothVerdicts = first.verdict && second.verdict && first.verdict.to !== second.verdict.to;
        expect(there.isBehind).toBe(Boolean(bothVerdicts));
        if (!bothVerdicts) expect(back).toEqual(there);
      }),
    );
  });

  it.each([
    null,
    7,
    { verdict: 'accept' },
    { verdict: { from: 'burn', to: null } },
    { verdict: { from: null } },
    { tags: ['a'] },
    { tags: { add: [7], remove: [] } },
    { tags: { add: ['a'] } },
  ])('%j is no change', (value) => expect(readChange(value)).toBeNull());
});

describe('the export', () => {
  const named = dataOf([cell('=1+1', { imageId: 7, image: 'a "b",\n.jpg' }), cell('plain'), cell('left')]);
  const marks: Marks = new Map([
    ['=1+1', accept],
    ['plain', reject],
  ]);

  it('is CSV that is not a formula', () => {
    expect(marksAsCsv(named, marks)).toBe(
      'id,image_id,image,box_index,label,score,verdict,tags,margin,entropy\r\n' +
        `'=1+1,7,"a ""b"",\n.jpg",,cat,0.5,accept,,0.25,0.5\r\nplain,,plain.jpg,,cat,0.5,reject,blurry night,0.25,0.5\r\n`,
    );
  });

  it('is JSON of what was marked', () => {
    expect(JSON.parse(marksAsJson(named, marks))).toEqual({
      ...{ format: 'qualm-marks', version: 2 },
      ...{ report: named.id, title: 'Toys' },
      selection: [
        { id: '=1+1', image_id: 7, image: 'a "b",\n.jpg', label: 'cat', ...accept },
        { id: 'plain', image_id: null, image: 'plain.jpg', label: 'cat', ...reject },
      ],
    });
  });
});
