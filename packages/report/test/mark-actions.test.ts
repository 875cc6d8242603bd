import { describe, expect, it, vi } from 'vitest';
import { createMarkActions } from '../src/page/marks/mark-actions.ts';
import { markKind } from '../src/mark-change.ts';
import { openKept } from '../src/page/kept/keeper.ts';
import type { Keeper } from '../src/page/kept/keeper.ts';
import { browserStore } from '../src/page/kept/kept-stores.ts';
import { commonTags, retag } from '../src/page/marks/common-tags.ts';
import { readMark } from '../src/selection.ts';
import type { Mark } from '../src/selection.ts';
import { cell, dataOf } from './cells.ts';

const names = ['a', 'b', 'c', 'd'];
const data = dataOf(names.map((id) => cell(id)));

/** A page of four cells, shown in this order; of which a test says what is selected. */
async function page({ shown = [0, 1, 2, 3], selected = [] as number[], isClose = false, onlyUnmarked = false } = {}) {
  const denied = (): never => {
    throw new Error('denied');
  };
  const keeper = await openKept(markKind, browserStore(denied, markKind), (id) => names.includes(id));
  const set = vi.fn(keeper.set);
  const marks: Keeper<Mark> = { ...keeper, set };
  let position = 0;
  const seen = (): number[] => shown.filter((place) => !onlyUnmarked || !keeper.all.has(names[place]!));
  const tell = vi.fn();
  const asked: string[][] = [];
  let answer: string[] = [];
  const actions = createMarkActions(
    data,
    marks,
    {
      ask(tags, _, done) {
        asked.push([...tags]);
        done(answer);
      },
    },
    {
      ...{ shown: seen, selected: () => new Set(selected), position: () => position, isClose: () => isClose, tell },
      goTo: (to) => (position = to),
      showMarked: () => undefined,
      showOthers: () => undefined,
    },
  );
  const said = (): string =>
    names.map((id) => ({ accept: '+', reject: '-', none: '.' })[keeper.all.get(id)?.verdict ?? 'none']).join('');
  const tagged = (...tags: string[]): string[] => ((answer = tags), actions.tag(), asked.at(-1)!);
  return { actions, said, set, keeper, tagged, tell, position: () => position };
}

describe('createMarkActions(data, marks, tagging, page)', () => {
  it('goes on after each verdict, so that as many keys mark as there are cells', async () => {
    const { actions, said, position } = await page();
    for (const verdict of ['accept', 'reject', 'accept', 'accept'] as const) actions.judge(verdict);
    expect([said(), position()]).toEqual(['+-++', 3]);
  });

  it('stays where a filter brings the next cell to the place of the one that was marked', async () => {
    const { actions, said, position } = await page({ onlyUnmarked: true });
    for (let turn = 0; turn < 6; turn++) actions.judge('accept');
    expect([said(), position()]).toEqual(['++++', 0]);
  });

  it('marks the selection at once where there is one, and stays', async () => {
    const { actions, said, set, position } = await page({ selected: [1, 3] });
    actions.judge('accept');
    expect([said(), position(), set.mock.calls.length]).toEqual(['.+.+', 0, 1]);
    actions.clear();
    expect(said()).toBe('....');
  });

  it('marks the one that is looked at closely, whatever is selected', async () => {
    const { actions, said, position } = await page({ selected: [1, 3], isClose: true });
    actions.judge('reject');
    expect([said(), position()]).toEqual(['-...', 1]);
  });

  it('undoes step by step, many cells as one, and goes back to them', async () => {
    const { actions, said, position } = await page();
    actions.judge('accept');
    actions.judge('reject');
    const many = await page({ selected: [1, 2, 3] });
    many.actions.judge('accept');
    many.actions.judge('reject');
    many.actions.undo();
    expect([many.said(), many.position()]).toEqual(['.+++', 1]);
    many.actions.undo();
    expect([many.said(), many.actions.canUndo()]).toEqual(['....', false]);
    actions.undo();
    expect([said(), position()]).toEqual(['+...', 1]);
    actions.undo();
    actions.undo();
    expect([said(), position(), actions.canUndo()]).toEqual(['....', 0, false]);
  });

  it('does not count what changes nothing as a step', async () => {
    const { actions } = await page();
    actions.clear();
    expect(actions.canUndo()).toBe(false);
  });

  it('undoes its own change alone, of a cell that somebody else has tagged since', async () => {
    const { actions, keeper } = await page();
    actions.judge('accept');
    await keeper.set(new Map([['a', { verdict: 'accept', tags: ['theirs'] }]]));
    actions.undo();
    expect(keeper.all.get('a')).toEqual({ verdict: null, tags: ['theirs'] });
  });

  it('asks for the tags that a selection has in common, and leaves those of each alone', async () => {
    const { keeper, tagged } = await page({ selected: [0, 1] });
    await keeper.set(
      new Map([
        ['a', { verdict: null, tags: ['night', 'own'] }],
        ['b', { verdict: 'accept', tags: ['night'] }],
      ]),
    );
    expect(tagged('blurry')).toEqual(['night']);
    expect(keeper.all.get('a')).toEqual({ verdict: null, tags: ['blurry', 'own'] });
    expect(keeper.all.get('b')).toEqual({ verdict: 'accept', tags: ['blurry'] });
  });

  it('say so where the browser keeps nothing', async () => {
    const { actions, tell } = await page();
    actions.judge('accept');
    await vi.waitFor(() => expect(tell).toHaveBeenCalledWith(expect.stringContaining('keeps no more marks')));
  });

  it('says so where a store fails', async () => {
    const { actions, set, tell } = await page();
    set.mockRejectedValueOnce(new Error('the server said 500'));
    actions.judge('accept');
    await vi.waitFor(() => expect(tell).toHaveBeenCalledWith(expect.stringContaining('the server said 500')));
  });
});

describe('commonTags(marks) and retag(before, after)', () => {
  it('of no marks are none', () => expect(commonTags([])).toEqual([]));
  it('put each tag once', () => {
    const mark = { verdict: null, tags: ['a', 'b'] };
    expect(readMark(retag(['a'], [' a', 'c '])(mark))).toEqual({ verdict: null, tags: ['a', 'b', 'c'] });
  });
});
