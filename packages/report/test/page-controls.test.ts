import { describe, expect, it, vi } from 'vitest';
import { createChips } from '../src/page/filters/chips.ts';
import { createBatchBar } from '../src/page/grid/batch-bar.ts';
import { createPageHeader, emptyWords } from '../src/page/page-header.ts';
import { listenToKeys } from '../src/page/page-keys.ts';
import { panel } from '../src/page/page-parts.ts';
import { cell, dataOf } from './cells.ts';
import { initialState } from '../src/page/view-state.ts';
import { testPage } from './page-window.ts';

const { window: page } = testPage();

const buttonOf = (root: HTMLElement, name: string): HTMLButtonElement =>
  [...root.querySelectorAll('button')].find(({ textContent }) => textContent!.includes(name))!;

describe('createBatchBar(data, actions, more)', () => {
  const actions = Object.fromEntries(
    ['all', 'none', 'invert', 'first', 'accept', 'reject', 'clear', 'tag', 'undo'].map((name) => [name, vi.fn()]),
  );

  const data = dataOf([cell('a')], { by: 'box' });

  it('says what accept and reject mean, what they act on, and what can be undone', () => {
    const bar = createBatchBar(data, actions as never, []);
    bar.set(0, false);
    expect(bar.root.textContent).toContain('Accept: send to labelling');
    expect(bar.root.textContent).toContain('Reject: leave out');
    expect(bar.root.textContent).toContain('Mark this box');
    expect([buttonOf(bar.root, 'Undo').disabled, buttonOf(bar.root, 'None').disabled]).toEqual([true, true]);
    bar.set(1200, true);
    expect(bar.root.textContent).toContain('Mark 1,200 selected');
    expect([buttonOf(bar.root, 'Undo').disabled, buttonOf(bar.root, 'None').disabled]).toEqual([false, false]);
  });

  it('says what they mean on a page that gives them a meaning of its own', () => {
    const verdicts = {
      accept: { act: 'Wrong: fix it', done: 'wrong' },
      reject: { act: 'Right: keep it', done: 'right' },
    };
    const { root } = createBatchBar(dataOf([cell('a')], { verdicts }), actions as never, []);
    expect(root.textContent).toContain('Wrong: fix it');
    expect(root.textContent).toContain('Right: keep it');
    expect(root.textContent).not.toContain('labelling');
  });

  it('selects the first so many, as many as the field says', () => {
    const { root } = createBatchBar(data, actions as never, []);
    buttonOf(root, 'First').click();
    root.querySelector('input')!.value = '-1';
    buttonOf(root, 'First').click();
    expect(actions['first']!.mock.calls).toEqual([[100]]);
  });
});

it('createChips(data, change) says which filters are on, the part of all first, each to be taken away', () => {
  const change = vi.fn();
  const chips = createChips(dataOf([cell('a')]), change);
  chips.set(initialState);
  expect(chips.root.hidden).toBe(true);
  chips.set({ ...initialState, percent: 5, words: 'cat' });
  expect(chips.root.hidden).toBe(false);
  const [percent, words] = chips.root.querySelectorAll('button');
  expect(percent!.textContent).toBe('Top 5 % ×');
  percent!.click();
  words!.click();
  expect(change.mock.calls).toEqual([[{ percent: 100 }], [{ words: '' }]]);
});

describe('createPageHeader(data, controls)', () => {
  it('counts what is shown, selected, accepted, rejected and answered', () => {
    const header = createPageHeader(dataOf([cell('a'), cell('b')], { by: 'box' }), { controls: [] });
    const words = (): string | null => header.root.querySelector('output')!.textContent;
    const answers = { all: 0, some: 0 };
    header.count(2, 2, 0, { marks: new Map(), answers });
    expect(words()).toBe('2 boxes');
    header.count(1, 2, 1, { marks: new Map([['a', { verdict: 'reject', tags: [] }]]), answers });
    expect(words()).toBe('1 of 2 boxes, 1 selected, 1 rejected');
    header.count(2, 2, 0, { marks: new Map(), answers: { all: 1200, some: 3 } });
    expect(words()).toBe('2 boxes, 1,200 answered, 3 partly answered');
  });

  it('opens the controls of a small screen by a button that says what it leads to', () => {
    const { root, count } = createPageHeader(dataOf([cell('a')]), { controls: [] });
    count(1, 1, 0, { marks: new Map(), answers: { all: 0, some: 0 } });
    const button = buttonOf(root, 'Filter');
    button.click();
    expect([button.textContent, button.getAttribute('aria-expanded')]).toEqual(['Show 1 image', 'true']);
    expect(page.document.body.classList.contains('sheet')).toBe(true);
    button.click();
    expect([button.textContent, button.getAttribute('aria-expanded')]).toEqual(['Filter', 'false']);
  });

  it('is empty in words of its own', () => {
    expect(emptyWords(dataOf([]))).toBe('There are no images in this report.');
    expect(emptyWords(dataOf([cell('a')], { by: 'box' }))).toBe('No boxes match these filters.');
  });
});

it('panel(name) folds', () => {
  const made = panel('Classes', page.document.createElement('p'));
  expect([made.tagName, made.hasAttribute('open'), made.querySelector('summary')!.textContent]).toEqual([
    ...['DETAILS', true, 'Classes'],
  ]);
});

it('listenToKeys(actionsOf) leaves fields and unknown keys to the browser', () => {
  const [act, prevented] = [vi.fn(), vi.fn()];
  const { Event, document } = page;
  listenToKeys(() => ({ a: () => act('a'), 'Ctrl+z': () => act('undo') }));
  const press = (target: Element, keys: object): void => {
    document.body.append(target);
    const event = Object.assign(new Event('keydown', { bubbles: true }), keys, { preventDefault: prevented });
    target.dispatchEvent(event);
  };
  for (const keys of [{ key: 'a' }, { key: 'Z', ctrlKey: true }, { key: 'z', metaKey: true }, { key: 'constructor' }])
    press(document.createElement('div'), keys);
  press(document.createElement('input'), { key: 'a' });
  press(document.createElement('div'), { key: 'a', altKey: true });
  expect(act.mock.calls).toEqual([['a'], ['undo'], ['undo']]);
  expect(prevented).toHaveBeenCalledTimes(3);
});
