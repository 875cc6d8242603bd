import { describe, expect, it, vi } from 'vitest';
import { createAlikeBar } from '../src/page/alike/alike-bar.ts';
import { createAlikeActions } from '../src/page/alike/alike-actions.ts';
import { vectorsOf } from '../src/page/alike/cell-vectors.ts';
import { foldedBadge } from '../src/page/alike/folded-badge.ts';
import { createCellSelector } from '../src/page/filters/select-cells.ts';
import { partFields } from '../src/page/map/part-fields.ts';
import { initialState } from '../src/page/view-state.ts';
import type { ViewState } from '../src/page/view-state.ts';
import { withVectors } from '../src/report-vectors.ts';
import { cell, dataOf } from './cells.ts';
import { testPage } from './page-window.ts';

const { window: page } = testPage();

const data = withVectors(
  dataOf([cell('a', { values: [0.1, 1] }), cell('b', { values: [0.2, 1] }), cell('c', { values: [0.3, 1] })], {
    by: 'box',
  }),
  { words: 'tests', dimensions: 2, step: 0.1, near: 0.2, numbers: Int8Array.of(0, 0, 1, 0, 90, 90) },
);
const eventOf = (name: string): Event => new page.Event(name, { bubbles: true, cancelable: true });
const byText = (root: Element, text: string): HTMLButtonElement =>
  [...root.querySelectorAll('button')].find(({ textContent }) => textContent!.startsWith(text))!;

describe('createAlikeBar(data, vectors, actions)', () => {
  it('says that it folds, and then how many', () => {
    const { root, set } = createAlikeBar(data, vectorsOf(data), { change: vi.fn(), unlike: vi.fn() });
    const said = (): unknown[] => [root.querySelector('.group-name')!.textContent, root.hasAttribute('aria-busy')];
    set({ ...initialState, fold: '0.2' }, 0, null);
    expect(said()).toEqual(['folding …', true]);
    set({ ...initialState, fold: '0.2' }, 0, 1200);
    expect(said()).toEqual(['1,200 folded', false]);
  });

  it('asks for folding, and says what is in force', () => {
    const [change, unlike] = [vi.fn(), vi.fn()];
    const bar = createAlikeBar(data, vectorsOf(data), { change, unlike });
    const select = bar.root.querySelector('select')!;
    for (const value of ['alike', 'image', 'no']) {
      select.value = value;
      select.dispatchEvent(eventOf('change'));
    }
    expect(change.mock.calls.map(([part]) => (part as ViewState).fold)).toEqual(['0.2', 'image', 'no']);
    bar.set({ ...initialState, fold: '0.3', like: 'b', group: 'a' }, 2, 1200);
    expect(bar.root.textContent).toContain('0.3 apart');
    expect(bar.root.textContent).toContain('1,200 folded');
    expect(byText(bar.root, 'Most like b.jpg first ×').hidden).toBe(false);
    byText(bar.root, 'All like a.jpg').click();
    expect(change).toHaveBeenLastCalledWith({ group: null });
    bar.unlike!.click();
    expect(unlike).toHaveBeenCalledOnce();
    bar.set({ ...initialState, unlike: '["a","b"]' }, 0, 0);
    expect(byText(bar.root, 'Least like these 2 first').hidden).toBe(false);
    expect((bar.unlike as HTMLButtonElement).disabled).toBe(true);
  });

  it('has what a report without vectors can do', () => {
    const plain = dataOf([cell('a')], { by: 'box' });
    const { root, unlike } = createAlikeBar(plain, null, { change: vi.fn(), unlike: vi.fn() });
    expect([...root.querySelectorAll('option')].map(({ textContent }) => textContent)).toEqual([
      'nothing folded',
      'one of an image',
    ]);
    expect(unlike).toBeNull();
  });
});

it('foldedBadge(count) opens what is folded, and no cell', () => {
  const [open, opened] = [vi.fn(), vi.fn()];
  const badge = foldedBadge(1200, false, open);
  const around = page.document.createElement('div');
  around.addEventListener('click', opened);
  around.append(badge);
  badge.dispatchEvent(eventOf('click'));
  expect([badge.textContent, open.mock.calls.length, opened.mock.calls.length]).toEqual(['and 1,200 like it', 1, 0]);
  expect(foldedBadge(2, true, open).textContent).toBe('and 2 of this image');
});

it('partFields(onPart) gives the corners of a rectangle, and none of an empty one', () => {
  const onPart = vi.fn();
  const fields = partFields(onPart);
  const form = fields.querySelector('form')!;
  const [left, right] = fields.querySelectorAll('input');
  left!.value = '25';
  form.dispatchEvent(eventOf('submit'));
  right!.value = '10';
  form.dispatchEvent(eventOf('submit'));
  expect(onPart.mock.calls).toEqual([[[[0.25, 0], [1, 0], [1, 1], [0.25, 1]]]]); // prettier-ignore
});

describe('createAlikeActions(data, select, parts)', () => {
  it('arranges, folds and opens; its panel is a map', () => {
    vi.useFakeTimers();
    let state: ViewState = { ...initialState, fold: '0.2' };
    const alike = createAlikeActions(data, createCellSelector(data), {
      ...{ marks: { all: new Map() }, state: () => state, selected: () => new Set([2]), open: vi.fn() },
      change: (part) => (state = { ...state, ...part }),
    });
    expect(alike.arrange()).toEqual([0, 2]);
    expect([alike.badge(0)?.textContent, alike.badge(2)]).toEqual(['and 1 like it', null]);
    alike.openFolded(2);
    expect(state.group).toBeNull();
    alike.openFolded(0);
    expect([state.group, alike.arrange()]).toEqual(['a', [0, 1]]);
    alike.moreLike(2);
    expect([state.like, state.group, alike.arrange()]).toEqual(['c', null, [2, 1]]);
    alike.ofSelected[0]!.removeAttribute('disabled');
    alike.ofSelected[0]!.click();
    expect([state.like, state.unlike]).toEqual([null, '["c"]']);
    const [map] = alike.panels;
    alike.update();
    vi.runAllTimers();
    expect(map!.querySelector('canvas')!.getAttribute('aria-label')).toBe('Map of 3 boxes, which the grid lists');
    expect([...map!.querySelectorAll('li')].map(({ textContent }) => textContent)).toContain('least sure');
    expect(map!.textContent).toContain('By tests, laid out by principal components.');
    vi.useRealTimers();
  });

  it('has neither controls nor a map where nothing is known to be alike', () => {
    const plain = dataOf([cell('a')], { by: 'image' });
    const parts = { marks: { all: new Map() }, state: () => initialState, selected: () => new Set<number>() };
    const { controls, panels } = createAlikeActions(plain, createCellSelector(plain), {
      ...{ ...parts, change: vi.fn(), open: vi.fn() },
    });
    expect([controls, panels]).toEqual([[], []]);
  });
});
