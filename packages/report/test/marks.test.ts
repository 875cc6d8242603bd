import { describe, expect, it, vi } from 'vitest';
import { mostChangeBytes } from '../src/kept/kept-kind.ts';
import { markKind } from '../src/mark-change.ts';
import type { MarkChange } from '../src/mark-change.ts';
import { openKept } from '../src/page/kept/keeper.ts';
import type { Keeper } from '../src/page/kept/keeper.ts';
import * as stores from '../src/page/kept/kept-stores.ts';
import type { KeptStore } from '../src/page/kept/kept-stores.ts';
import type { ReportData } from '../src/report-data.ts';
import type { Mark } from '../src/selection.ts';
import { storageOf } from './answers.ts';
import { cell, dataOf } from './cells.ts';

const accept: Mark = { verdict: 'accept', tags: [] };
const reject: Mark = { verdict: 'reject', tags: ['blurry', 'night'] };
const data = dataOf(['a', 'b', 'c'].map((id) => cell(id)));

const browserStore = (storage: Parameters<typeof stores.browserStore>[0]): KeptStore<Mark, MarkChange> =>
  stores.browserStore(storage, markKind);
const serverStore = (request: typeof fetch): KeptStore<Mark, MarkChange> => stores.serverStore(request, markKind);

function openMarks({ cells }: Pick<ReportData, 'cells'>, store: KeptStore<Mark, MarkChange>): Promise<Keeper<Mark>> {
  const known = new Set(cells.id);
  return openKept(markKind, store, (id) => known.has(id));
}

describe('openKept(kind, store, isKnown) of marks', () => {
  type Kept = ReturnType<Parameters<typeof browserStore>[0]>;

  const set = (marks: Keeper<Mark>, id: string, mark: Mark | null): Promise<readonly string[]> =>
    marks.set(new Map([[id, mark]]));
  const opened = (kept: Kept): Promise<Keeper<Mark>> =>
    openMarks(
      data,
      browserStore(() => kept),
    );

  it('keeps marks from one visit to the next', async () => {
    const kept = storageOf();
    const marks = await opened(kept);
    await set(marks, 'a', reject);
    await set(marks, 'b', accept);
    await set(marks, 'b', null);
    expect([...(await opened(kept)).all]).toEqual([['a', reject]]);
  });

  it('knows a cell in every report that has it, and no other', async () => {
    const kept = storageOf();
    await set(await opened(kept), 'a', reject);
    const other = dataOf([cell('a#dog@1,2,3,4'), cell('a')], { title: 'Another' });
    const marks = await openMarks(
      other,
      browserStore(() => kept),
    );
    expect([...marks.all]).toEqual([['a', reject]]);
  });

  it('of two tabs adds what both say', async () => {
    const kept = storageOf();
    const [one, two] = [await opened(kept), await opened(kept)];
    expect(await set(one, 'a', accept)).toEqual([]);
    expect(await set(two, 'b', accept)).toEqual([]);
    expect(await set(two, 'a', { verdict: null, tags: ['night'] })).toEqual([]);
    expect(two.all.get('a')).toEqual({ verdict: 'accept', tags: ['night'] });
    expect(await one.refresh()).toBe(true);
    expect(await one.refresh()).toBe(false);
    expect([...one.all]).toEqual([
      ['a', { verdict: 'accept', tags: ['night'] }],
      ['b', accept],
    ]);
  });

  it('of two tabs that disagree tells the later one, and shows it what the other said', async () => {
    const kept = storageOf();
    const [one, two] = [await opened(kept), await opened(kept)];
    await set(one, 'a', accept);
    expect(await set(two, 'a', { verdict: 'reject', tags: ['night'] })).toEqual(['a']);
    expect(two.all.get('a')).toEqual({ verdict: 'accept', tags: ['night'] });
    expect(await set(two, 'a', reject)).toEqual([]);
    expect((await opened(kept)).all.get('a')).toEqual(reject);
  });

  it.each(['no json', 'null', '7', '{"verdict":"burn"}'])('begins anew from %j', async (text) => {
    expect([...(await opened(storageOf({ 'qualm-mark/a': text, other: text }))).all]).toEqual([]);
  });

  it('marks all the same where nothing can be kept', async () => {
    const marks = await openMarks(
      data,
      browserStore(() => {
        throw new Error('denied');
      }),
    );
    await set(marks, 'a', accept);
    await set(marks, 'b', accept);
    await set(marks, 'b', null);
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
    await expect(set(marks, 'b', reject)).rejects.toThrow('the server said 500');
    expect(marks.all.get('b')).toEqual(reject);
    request.mockResolvedValueOnce(Response.json([reject, null].map((mark) => ({ value: mark, isBehind: false }))));
    expect(await set(marks, 'a', null)).toEqual([]);
    expect(told()).toEqual({
      changes: [
        { id: 'b', verdict: { from: null, to: 'reject' }, tags: { add: ['blurry', 'night'], remove: [] } },
        { id: 'a', verdict: { from: 'accept', to: null } },
      ],
    });
    request.mockResolvedValueOnce(Response.json([{ value: accept, isBehind: true }], { status: 409 }));
    expect(await set(marks, 'a', reject)).toEqual(['a']);
    expect(told()).toMatchObject({ changes: [{ verdict: { from: null, to: 'reject' } }] });
    expect(marks.all.get('a')).toEqual(accept);
  });

  it('tells a server of five thousand marks in one request, and of as many as it takes at once', async () => {
    const ids = Array.from({ length: 5000 }, (_, at) => `${String(at).padStart(12, '0')}.jpg#dining table@1,2,3,${at}`);
    const bodies: string[] = [];
    const request: typeof fetch = async (_, init) => {
      if (!init) return Response.json({});
      bodies.push(init.body as string);
      const { changes } = JSON.parse(init.body as string) as { changes: object[] };
      return Response.json(changes.map(() => ({ value: accept, isBehind: false })));
    };
    const long = Array.from({ length: 40 }, (_, at) => `${at}${'é'.repeat(20_000)}`);
    const marks = await openMarks({ cells: { ...data.cells, id: [...ids, ...long] } }, serverStore(request));
    expect(await marks.set(new Map(ids.map((id) => [id, accept])))).toEqual([]);
    expect(bodies).toHaveLength(1);
    await marks.set(new Map(long.map((id) => [id, accept])));
    expect(bodies.length).toBeGreaterThan(2);
    for (const body of bodies) expect(Buffer.byteLength(body)).toBeLessThanOrEqual(mostChangeBytes);
    expect(marks.all.size).toBe(5040);
  });

  it('writes each of five thousand marks once, and reads the rest of the browser not at all', async () => {
    const kept = storageOf();
    const [write, read] = [vi.spyOn(kept, 'setItem'), vi.spyOn(kept, 'getItem')];
    const ids = Array.from({ length: 5000 }, (_, at) => String(at));
    const marks = await openMarks(
      { cells: { ...data.cells, id: ids } },
      browserStore(() => kept),
    );
    await marks.set(new Map(ids.map((id) => [id, accept])));
    await marks.set(new Map([['7', reject]]));
    expect([write.mock.calls.length, read.mock.calls.length]).toEqual([5001, 5001]);
  });
});
