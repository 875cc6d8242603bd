import { describe, expect, it, vi } from 'vitest';
import { layerToggles } from '../src/page/close-up/layer-toggles.ts';
import { createZoom } from '../src/page/close-up/zoom.ts';
import { element } from '../src/page/element.ts';
import type { Grid } from '../src/page/grid/grid.ts';
import { helpDialog } from '../src/page/help-dialog.ts';
import { createTagDialog } from '../src/page/marks/tag-dialog.ts';
import { createPrinting } from '../src/page/printing.ts';
import { cell, dataOf } from './cells.ts';
import { layOut, testPage } from './page-window.ts';

const page = testPage();
const { document } = page.window;

describe('createTagDialog()', () => {
  it('asks for tags with commas between them, and proposes those that are known', () => {
    const dialog = createTagDialog();
    const input = dialog.root.querySelector('input')!;
    Object.assign(input, { select: vi.fn() });
    const done = vi.fn();
    dialog.ask(['night', 'rain'], ['<i>known</i>'], done);
    expect([dialog.root.open, input.value]).toEqual([true, 'night, rain']);
    expect([...dialog.root.querySelectorAll('option')].map((one) => one.getAttribute('value'))).toEqual([
      '<i>known</i>',
    ]);
    input.value = 'fog, dusk';
    page.press(input, 'Enter');
    expect(done.mock.calls).toEqual([[['fog', ' dusk']]]);
  });
});

describe('helpDialog(data)', () => {
  it('says what each key does, with the meanings that marks have on this page', () => {
    const verdicts = {
      accept: { act: 'Wrong: fix it', done: 'wrong' },
      reject: { act: 'Right: keep it', done: 'right' },
    };
    const dialog = helpDialog(dataOf([cell('a')], { verdicts }));
    const keys = [...dialog.querySelectorAll('dt')].map(({ textContent }) => textContent);
    expect(new Set(keys).size).toBeGreaterThan(15);
    expect(dialog.textContent).toContain('Wrong: fix it, and go on');
    dialog.showModal();
    dialog.querySelector('button')!.click();
    expect(dialog.open).toBe(false);
  });
});

describe('layerToggles(layers)', () => {
  const classes = (): string[] => [...document.body.classList];

  it('hides and shows a list of boxes, and all of them', () => {
    const { buttons, toggleAll } = layerToggles(['found', 'drawn']);
    expect(buttons.map(({ textContent }) => textContent)).toEqual(['found', 'drawn']);
    buttons[1]!.click();
    expect([classes(), buttons[1]!.getAttribute('aria-pressed')]).toEqual([['hide-1'], 'false']);
    toggleAll();
    expect(classes()).toEqual(['hide-1', 'hide-0']);
    toggleAll();
    expect([classes(), buttons.map((one) => one.getAttribute('aria-pressed'))]).toEqual([[], ['true', 'true']]);
  });

  it('calls a list that is alone boxes, whatever its name', () => {
    expect(layerToggles(['yolox-nano']).buttons.map(({ textContent }) => textContent)).toEqual(['Boxes']);
  });
});

describe('createZoom(root, onMove)', () => {
  function zoomed(): { root: HTMLElement; zoom: ReturnType<typeof createZoom>; place: () => number[]; moved: unknown } {
    const pane = element('div', { class: 'pane' });
    const root = element('div', {}, pane);
    for (const one of [root, pane]) layOut(one, 400, 300);
    Object.assign(root, { setPointerCapture: () => undefined });
    const moved = vi.fn();
    const zoom = createZoom(root, moved);
    const place = (): number[] =>
      ['--scale', '--x', '--y'].map((name) => Number.parseFloat(root.style.getPropertyValue(name)));
    return { root, zoom, place, moved };
  }

  it('keeps what is under the pointer where it is', () => {
    const { root, place } = zoomed();
    page.send(root, 'wheel', { deltaY: -1, clientX: 100, clientY: 60 });
    const [scale, x, y] = place();
    expect(scale).toBeCloseTo(1.2);
    expect(100 * scale! + x!).toBeCloseTo(100);
    expect(60 * scale! + y!).toBeCloseTo(60);
  });

  it('never leaves a gap beside the picture, nor goes below its size or beyond sixteen times', () => {
    const { root, zoom, place, moved } = zoomed();
    zoom.by(2);
    page.send(root, 'pointerdown', { button: 0, clientX: 0, clientY: 0, pointerId: 1 });
    page.send(root, 'pointermove', { clientX: 5000, clientY: -5000 });
    expect(place()).toEqual([2, 0, -300]);
    page.send(root, 'pointerup');
    page.send(root, 'pointermove', { clientX: -5000, clientY: 5000 });
    expect(place()).toEqual([2, 0, -300]);
    zoom.by(1000);
    expect(place()[0]).toBe(16);
    zoom.by(0.0001);
    expect(place()).toEqual([1, 0, 0]);
    expect(moved).toHaveBeenCalled();
  });

  it('goes back by a double click', () => {
    const { root, zoom, place } = zoomed();
    zoom.by(3);
    expect(root.classList.contains('zoomed')).toBe(true);
    page.send(root, 'dblclick');
    expect([place(), root.classList.contains('zoomed')]).toEqual([[1, 0, 0], false]);
  });
});

describe('createPrinting(grid, count)', () => {
  const printed = vi.fn();

  function printing(count: number): { grid: Grid; print: () => Promise<void> } {
    vi.stubGlobal('print', printed);
    const root = element('div', {}, element('img', { src: 'a.png' }));
    const grid = { root, print: vi.fn(), endPrint: vi.fn() } as unknown as Grid;
    return { grid, print: createPrinting(grid, () => count) };
  }

  it('puts what is shown on paper, and says what is not', async () => {
    const { grid, print } = printing(4321);
    await print();
    expect(grid.root.dataset['left']).toBe('Only the first 1,000 are printed.');
    expect([printed.mock.calls.length, vi.mocked(grid.endPrint).mock.calls.length]).toEqual([1, 1]);
  });

  it('has the same on paper where a browser prints on its own', () => {
    const { grid } = printing(3);
    page.send(document, 'beforeprint');
    expect([grid.root.dataset['left'], vi.mocked(grid.print).mock.calls]).toEqual(['', [[1000]]]);
    page.send(document, 'afterprint');
    expect(grid.endPrint).toHaveBeenCalledTimes(1);
  });
});
