import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGrid } from '../src/page/grid/grid.ts';
import type { Grid } from '../src/page/grid/grid.ts';
import { createSizeSlider } from '../src/page/grid/size-slider.ts';
import { cellSizes } from '../src/page/view-state.ts';
import { element } from '../src/page/element.ts';
import { layOut, testPage } from './page-window.ts';

const page = testPage();
const told = { onOpen: vi.fn(), onSelect: vi.fn(), onMove: vi.fn() };
const selected = new Set<number>();
const count = 10_000;
let made: [index: number, isPassing: boolean][] = [];
let grid: Grid;

/** Four columns of 200 pixels, rows of some 200 too, of which three are seen. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.resetAllMocks();
  selected.clear();
  made = [];
  grid = createGrid({
    ...{ name: 'Images', ...told, cellWidth: 200, captionHeight: 40 },
    make: (index) => make(index, false),
    makePassing: (index) => make(index, true),
    isSelected: (index) => selected.has(index),
  });
  layOut(grid.root, 840, 600);
  grid.resize(200);
  grid.show(Array.from({ length: count }, (_, place) => count - place));
});

function make(index: number, isPassing: boolean): HTMLElement {
  made.push([index, isPassing]);
  return element('div', { class: 'cell', 'data-index': index }, String(index));
}

afterEach(() => void vi.useRealTimers());

const cellOf = (position: number): HTMLElement => grid.root.querySelector(`[data-position="${position}"]`)!;
const positions = (): number[] =>
  [...grid.root.querySelectorAll<HTMLElement>('.cell')].map(({ dataset }) => Number(dataset['position']));

describe('createGrid(parts)', () => {
  it('makes the cells that are seen, and few beyond, of as many as there are', () => {
    expect(positions()).toEqual(Array.from({ length: positions().length }, (_, place) => place));
    expect(positions().length).toBeGreaterThan(8);
    expect(positions().length).toBeLessThan(60);
    expect(cellOf(3).textContent).toBe('9997');
    expect(grid.root.getAttribute('aria-rowcount')).toBe('2500');
    expect(grid.root.getAttribute('aria-colcount')).toBe('4');
    expect([cellOf(6).getAttribute('aria-colindex'), cellOf(6).parentElement!.getAttribute('aria-rowindex')]).toEqual([
      ...['3', '2'],
    ]);
  });

  it('makes others where it is scrolled, in order, and lets go of those that are far', () => {
    const before = cellOf(0).parentElement!;
    grid.root.scrollTop = 100_000;
    page.send(grid.root, 'scroll');
    expect(before.isConnected).toBe(false);
    expect(positions()).toEqual(positions().toSorted((a, b) => a - b));
    expect(positions()[0]).toBeGreaterThan(1000);
    expect(positions().length).toBeLessThan(60);
  });

  it('makes little of cells that fly by, and those that stay as a whole a moment later, with rows beyond', () => {
    made = [];
    grid.root.scrollTop = 100_000;
    page.send(grid.root, 'scroll');
    const seen = positions();
    expect(made.map(([index]) => count - index)).toEqual(seen);
    expect(made.every(([, isPassing]) => isPassing)).toBe(true);
    made = [];
    vi.runAllTimers();
    expect(made.map(([index]) => count - index).toSorted((a, b) => a - b)).toEqual(positions());
    expect(made.some(([, isPassing]) => isPassing)).toBe(false);
    expect(positions()).toEqual(expect.arrayContaining(seen));
    expect(positions()[0]).toBeLessThan(seen[0]!);
    expect(positions().at(-1)).toBeGreaterThan(seen.at(-1)!);
  });

  it.each([
    ['ArrowRight', {}, 1],
    ['ArrowDown', {}, 4],
    ['End', {}, 3],
    ['End', { ctrlKey: true }, count - 1],
    ['ArrowLeft', {}, 0],
  ])('%s %j goes from the first to %i, and that is where the tab key arrives', (key, more, position) => {
    const event = page.press(grid.root, key, more);
    expect([grid.position(), event.defaultPrevented]).toEqual([position, true]);
    expect([...grid.root.querySelectorAll<HTMLElement>('[tabindex="0"]')]).toEqual([cellOf(position)]);
    expect(told.onMove).toHaveBeenCalledTimes(1);
  });

  it('leaves keys to others that are none of its own', () => {
    expect(page.press(grid.root, 'a').defaultPrevented).toBe(false);
    expect(page.press(grid.root, 'ArrowRight', { altKey: true }).defaultPrevented).toBe(false);
    expect(grid.position()).toBe(0);
  });

  it('opens by Enter, selects by the space bar, and a range with the shift key', () => {
    page.press(grid.root, 'ArrowRight');
    page.press(grid.root, 'Enter');
    page.press(grid.root, ' ');
    page.press(grid.root, 'ArrowDown', { shiftKey: true });
    expect(told.onOpen.mock.calls).toEqual([[1]]);
    expect(told.onSelect.mock.calls).toEqual([
      [1, null],
      [5, 1],
    ]);
  });

  it('opens by a click, selects by one with the control key or on the tick, and a range with the shift key', () => {
    page.send(cellOf(2), 'click');
    page.send(cellOf(3), 'click', { ctrlKey: true });
    page.send(cellOf(4).querySelector('.tick')!, 'click');
    page.send(cellOf(4), 'pointerdown');
    page.send(cellOf(6), 'click', { shiftKey: true });
    expect(told.onOpen.mock.calls).toEqual([[2]]);
    expect(told.onSelect.mock.calls).toEqual([
      [3, null],
      [4, null],
      [6, 4],
    ]);
  });

  it('says which cells are selected, also after that has changed', () => {
    selected.add(count - 2);
    const said = (): (string | null)[] => [1, 2].map((position) => cellOf(position).getAttribute('aria-selected'));
    expect(said()).toEqual(['false', 'false']);
    grid.reselect();
    expect(said()).toEqual(['false', 'true']);
    selected.clear();
    grid.renew(2);
    expect(said()).toEqual(['false', 'false']);
  });

  it('scrolls to where it goes, no farther than it has to', () => {
    grid.goTo(2);
    expect(grid.root.scrollTop).toBe(0);
    grid.focus(400);
    const { scrollTop } = grid.root;
    expect(cellOf(400)).not.toBeNull();
    grid.goTo(396);
    expect(grid.root.scrollTop).toBe(scrollTop);
    grid.goTo(9_999_999);
    expect(grid.position()).toBe(count - 1);
  });

  it('keeps what was seen first where cells become larger', () => {
    grid.root.scrollTop = 50_000;
    page.send(grid.root, 'scroll');
    const rowHeight = Number.parseFloat(grid.root.style.getPropertyValue('--row'));
    const first = Math.floor(50_000 / rowHeight) * 4;
    grid.resize(400);
    expect(grid.root.style.getPropertyValue('--columns')).toBe('2');
    const now = Number.parseFloat(grid.root.style.getPropertyValue('--row'));
    expect(Math.round(grid.root.scrollTop / now) * 2).toBe(first);
  });

  it('lays its cells out anew when the page is another width', () => {
    layOut(grid.root, 440, 600);
    page.resized();
    expect(grid.root.getAttribute('aria-colcount')).toBe('2');
  });

  it('has the first so many on paper, and as before after that', () => {
    const before = positions();
    grid.print(100);
    expect(positions()).toEqual(Array.from({ length: 100 }, (_, place) => place));
    grid.endPrint();
    expect(positions()).toEqual(before);
  });

  it('is empty where nothing is shown, and takes keys', () => {
    grid.show([]);
    expect([positions(), grid.root.classList.contains('empty')]).toEqual([[], true]);
    page.press(grid.root, 'ArrowDown');
    grid.focus(3);
    expect(grid.position()).toBe(0);
  });
});

it('createSizeSlider(onChange) tells of sizes within those that there are', () => {
  const onChange = vi.fn();
  const { root, set } = createSizeSlider(onChange);
  const input = root.querySelector('input')!;
  expect(['min', 'max'].map((name) => Number(input.getAttribute(name)))).toEqual([cellSizes.least, cellSizes.most]);
  set(300);
  expect(Number(input.value)).toBe(300);
  page.send(input, 'input');
  expect(onChange.mock.calls).toEqual([[300]]);
});
