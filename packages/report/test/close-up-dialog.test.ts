import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createDetail } from '../src/page/close-up/detail.ts';
import type { Detail, DetailActions } from '../src/page/close-up/detail.ts';
import type { Grid } from '../src/page/grid/grid.ts';
import { createLooking } from '../src/page/looking.ts';
import type { Looking } from '../src/page/looking.ts';
import { initialState } from '../src/page/view-state.ts';
import type { ViewState } from '../src/page/view-state.ts';
import { cell, dataOf } from './cells.ts';
import { testPage } from './page-window.ts';

const page = testPage();
const { document } = page.window;

const at = (x: number, score: number, layer = 0) => ({
  ...{ xmin: x, ymin: 0, xmax: x + 8, ymax: 8, label: 0, score, box: layer === 0 ? x / 10 : -1, layer },
  ...{ values: [1 - score, score], rivals: [{ label: 1, score: 1 - score }] },
});
const hostile = '<img src=x onerror=alert(1)>.jpg';
const data = dataOf(
  [
    cell('a', { image: hostile, boxes: [at(0, 0.9), at(10, 0.6), at(20, 0.7, 1)], box: 1, reason: 'as diverse' }),
    cell('b', { boxes: [], values: [NaN, NaN] }),
    cell('c', { boxes: [at(0, 0.5)] }),
  ],
  { by: 'image', layers: ['found', 'drawn'] },
);

const names = ['verdict', 'clear', 'tag', 'step', 'aside', 'alike', 'closed'] as const;
const actions = Object.fromEntries(names.map((name) => [name, vi.fn()])) as unknown as Required<DetailActions>;
let view: { sort: number; aside: boolean };
let detail: Detail;

beforeEach(() => {
  vi.resetAllMocks();
  view = { sort: 0, aside: false };
  detail = createDetail(data, () => view, actions);
  document.body.replaceChildren(detail.root);
});

const textOf = (selector: string): string => detail.root.querySelector(selector)!.textContent!;
const button = (name: string): HTMLButtonElement =>
  [...detail.root.querySelectorAll('button')].find(({ textContent }) => textContent === name)!;
const chosen = (): string[] =>
  [...detail.root.querySelectorAll('tr[aria-selected="true"]')].map((row) => row.getAttribute('data-at')!);

describe('createDetail(data, viewOf, actions)', () => {
  it('shows a cell with all that is known of it, as text', () => {
    detail.show(0, '1 of 3', { mark: { verdict: 'accept', tags: ['night'] }, answers: null });
    expect(detail.root.open).toBe(true);
    expect(textOf('h2')).toBe(hostile);
    expect(textOf('.place')).toBe('1 of 3');
    expect(detail.root.querySelectorAll('img')).toHaveLength(1);
    const facts = textOf('dl');
    for (const known of ['as diverse', 'night', 'margin', 'entropy', '.25', '.5']) expect(facts).toContain(known);
    expect(button(data.verdicts.accept.act).getAttribute('aria-pressed')).toBe('true');
    expect(button(data.verdicts.reject.act).getAttribute('aria-pressed')).toBe('false');
  });

  it('says what a cell without boxes lacks', () => {
    detail.show(1, '2 of 3', { mark: undefined, answers: null });
    expect(textOf('dl')).toMatch(/mark *none/);
    expect(detail.root.querySelector<HTMLElement>('.boxes-frame')!.hidden).toBe(true);
  });

  it('has the boxes in a table, the deciding one chosen, and goes from one to the next', () => {
    detail.show(0, '1 of 3', { mark: undefined, answers: null });
    const first = chosen();
    expect(first).toHaveLength(1);
    expect(textOf('.vector')).toContain('may be');
    detail.choose(-1);
    expect(chosen()).not.toEqual(first);
    const lit = [...detail.root.querySelectorAll('.panes .chosen')].map((one) => one.getAttribute('data-at'));
    expect(new Set(lit)).toEqual(new Set(chosen()));
  });

  it('hides boxes below a score, in the picture and in the table', () => {
    detail.show(0, '1 of 3', { mark: undefined, answers: null });
    const slider = detail.root.querySelector<HTMLInputElement>('input[type="range"]')!;
    slider.value = '0.8';
    page.send(slider, 'input');
    const faint = [...detail.root.querySelectorAll('.box.faint')].map((one) => one.getAttribute('data-at'));
    expect(faint).toHaveLength(2);
    const rows = [...detail.root.querySelectorAll<HTMLElement>('tbody tr')].filter(({ hidden }) => !hidden);
    expect(rows.map((row) => row.getAttribute('data-at')).filter((place) => faint.includes(place))).toEqual([]);
    expect(rows.length).toBeGreaterThan(0);
  });

  it('puts two lists of boxes side by side, each with its name', () => {
    view.aside = true;
    detail.show(0, '1 of 3', { mark: undefined, answers: null });
    expect([...detail.root.querySelectorAll('.pane-name')].map(({ textContent }) => textContent)).toEqual([
      ...['found', 'drawn'],
    ]);
  });

  it('does what its buttons say, and tells that it was closed', () => {
    detail.show(0, '1 of 3', { mark: undefined, answers: null });
    for (const name of ['Previous', 'Clear', 'Tag', 'Side by side', 'More like this', 'Next', 'Close'])
      button(name).click();
    button(data.verdicts.reject.act).click();
    expect(vi.mocked(actions.step).mock.calls).toEqual([[-1], [1]]);
    expect(vi.mocked(actions.verdict).mock.calls).toEqual([['reject']]);
    for (const name of ['clear', 'tag', 'aside', 'alike', 'closed'] as const)
      expect(actions[name]).toHaveBeenCalledTimes(1);
    expect(detail.root.open).toBe(false);
  });
});

describe('createLooking(data, parts)', () => {
  let state: ViewState;
  let shown: number[];
  let looking: Looking;
  let position: number;
  const [change, remember, goTo] = [vi.fn(), vi.fn(), vi.fn()];

  beforeEach(() => {
    [state, shown, position] = [initialState, [2, 0], 0];
    const focus = (next: number): number => (position = next);
    change.mockImplementation((part: Partial<ViewState>) => {
      state = { ...state, ...part };
      shown = [2, 0, 1];
    });
    looking = createLooking(data, {
      ...{ detail, change, remember },
      grid: { focus, goTo, position: () => position } as unknown as Grid,
      state: () => state,
      shown: () => shown,
      saidOf: () => ({ mark: undefined, answers: null }),
    });
  });

  it('looks at the cell that stands there, names it in the address, and goes on to the ends', () => {
    looking.open(1);
    expect([textOf('.place'), textOf('h2')]).toEqual(['2 of 2', hostile]);
    expect(remember.mock.calls).toEqual([[{ cell: 'a' }]]);
    looking.step(5);
    expect([position, textOf('.place')]).toEqual([1, '2 of 2']);
    looking.step(-5);
    expect([position, textOf('h2')]).toEqual([0, 'c.jpg']);
  });

  it('looks at nothing where nothing stands', () => {
    looking.open(7);
    expect([detail.root.open, remember.mock.calls]).toEqual([false, []]);
  });

  it('takes filters off for a cell that they hide, and keeps the order', () => {
    state = { ...initialState, label: 0, sort: 1, reversed: true };
    looking.openIndex(1);
    expect(state).toMatchObject({ label: null, sort: 1, reversed: true });
    expect(textOf('h2')).toBe('b.jpg');
  });

  it('opens what the address names, if it is shown', () => {
    state = { ...initialState, cell: 'b' };
    looking.openNamed();
    expect(detail.root.open).toBe(false);
    state = { ...initialState, cell: 'c' };
    looking.openNamed();
    expect(textOf('h2')).toBe('c.jpg');
  });

  it('goes within the grid, or within the close-up where that is open, which closes where nothing is left', () => {
    looking.goTo(1);
    expect(goTo.mock.calls).toEqual([[1]]);
    looking.open(0);
    looking.goTo(1);
    expect(textOf('.place')).toBe('2 of 2');
    shown = [];
    looking.goTo(0);
    expect(detail.root.open).toBe(false);
  });
});
