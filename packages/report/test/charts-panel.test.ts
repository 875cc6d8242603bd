import { describe, expect, it, vi } from 'vitest';
import type { ReportRegion } from '../src/index.ts';
import { chartsPanel } from '../src/page/side/charts-panel.ts';
import { initialState } from '../src/page/view-state.ts';
import type { ViewState } from '../src/page/view-state.ts';
import { cell, dataOf } from './cells.ts';
import { testPage } from './page-window.ts';

testPage();

const sides = { x: 0.1, y: 0.2, width: 0.3, height: 0.5 };
const regions: readonly ReportRegion[] = [
  { ...sides, words: 'Scores from .2 to .4: 7 boxes', filter: { scores: [0.2, 0.4] } },
  { ...sides, words: '<b>part</b> 2', filter: { values: { strategy: 1, from: 0.5, to: 0.75 } } },
  { ...sides, words: 'dog', filter: { label: 1 } },
];
const chart = { light: '<svg/>', dark: '<svg/>', words: 'Bars' };
const view = (state: Partial<ViewState>) => ({ state: { ...initialState, ...state }, shown: [], without: () => [] });

it('chartsPanel has a button over each part of a chart, which narrows the grid, and back', () => {
  const change = vi.fn();
  const { root, draw } = chartsPanel(dataOf([cell('a')], { charts: [{ ...chart, regions }] }), change)!;
  draw!(view({}));
  const buttons = [...root.querySelectorAll('button')];
  expect(buttons.map((button) => button.getAttribute('aria-label'))).toEqual(regions.map(({ words }) => words));
  expect(buttons[0]!.getAttribute('style')).toMatch(/left: ?10%; ?top: ?20%; ?width: ?30%; ?height: ?50%/);
  for (const button of buttons) button.click();
  draw!(view({ sort: 1, ranges: { entropy: [0.5, 0.75] } }));
  expect(buttons.map((button) => button.getAttribute('aria-pressed'))).toEqual(['false', 'true', 'false']);
  buttons[1]!.click();
  expect(change.mock.calls.map(([part]) => part as unknown)).toEqual([
    { ranges: { score: [0.2, 0.40005] } },
    { sort: 1, ranges: { entropy: [0.5, 0.75] } },
    { label: 1 },
    { ranges: {} },
  ]);
});

describe('a part of a chart of the whole set', () => {
  const box = { xmin: 10, ymin: 5, xmax: 30, ymax: 15, layer: 0 };
  const asDog = { ...box, label: 0, partner: 1 };
  const missed = { ...box, layer: 1, label: 1, partner: -1 };
  const pair = (total: number, ...taken: readonly number[]): ReportRegion => ({
    ...{ ...sides, words: `pair ${taken.join()}`, total },
    ...(taken.length > 0 && { filter: { taken: [taken[0]!, taken[1]!] } }),
  });
  const parts = [pair(1340, 1, 0), pair(1, 1, -1), pair(2, 1, -1), pair(7, -1, 0), pair(1)];
  const panelOf = (by: 'box' | 'image') => {
    const change = vi.fn();
    const cells = [cell('a', { boxes: [asDog, asDog] }), cell('b', { boxes: [asDog] }), cell('c', { boxes: [missed] })];
    const asked = { by, layers: ['model', 'people'], charts: [{ ...chart, regions: parts }] };
    const { root, draw } = chartsPanel(dataOf(cells, asked), change)!;
    draw!(view({}));
    const [overs, buttons] = ['.regions > span', '.chart-list button'].map(
      (parts) => [...root.querySelectorAll(parts)] as HTMLElement[],
    );
    return { change, draw: draw!, overs: overs!, buttons: buttons!, said: root.querySelector('.chart-said')! };
  };

  it('says how many of how many the page has, the largest first in the list', () => {
    const { overs, buttons } = panelOf('image');
    expect(overs.map(({ title }) => title)).toEqual([
      'pair 1,0: 3 of the 1,340 are on this page, in 2 images',
      'pair 1,-1: it is on this page, in 1 image',
      'pair 1,-1: 1 of the 2 is on this page, in 1 image',
      'pair -1,0: none of the 7 is on this page, which has 3 images',
      'pair : it is not on this page, which has 3 images',
    ]);
    const listed = [0, 3, 2, 1, 4].map((at) => overs[at]!.title);
    expect(buttons.map(({ title }) => title)).toEqual(listed);
    expect(buttons[0]!.textContent).toBe('pair 1,0 3 of 1,340');
    expect(panelOf('box').overs[0]!.title).toBe('pair 1,0: 3 of the 1,340 are on this page');
  });

  it('narrows the grid to them, or says why it cannot', () => {
    const { change, draw, overs, buttons, said } = panelOf('box');
    for (const part of [overs[0]!, buttons[3]!]) part.click();
    expect(change.mock.calls).toEqual([[{ taken: [1, 0], outcome: null }], [{ taken: [1, -1], outcome: null }]]);
    draw(view({ taken: [1, 0] }));
    expect(said.textContent).toBe('pair 1,0: 3 of the 1,340 are on this page');
    expect([overs[0]!.className, buttons[0]!.getAttribute('aria-pressed')]).toEqual(['chosen', 'true']);
    overs[0]!.click();
    expect(change).toHaveBeenLastCalledWith({ taken: null, outcome: null });
    draw(view({}));
    expect(said.textContent).toBe('');
    change.mockClear();
    for (const part of [overs[3]!, buttons[4]!]) {
      part.click();
      expect(said.textContent).toBe(part.title);
    }
    expect(change).not.toHaveBeenCalled();
  });
});

it('chartsPanel has no button over a chart without parts', () => {
  const { root } = chartsPanel(dataOf([cell('a')], { charts: [chart] }), vi.fn())!;
  expect(root.querySelectorAll('button, .regions')).toHaveLength(0);
  expect(chartsPanel(dataOf([cell('a')]), vi.fn())).toBeNull();
});

it.each<[object, string]>([
  [{ ...sides, x: 1.2 }, 'a region of a chart is'],
  [{ ...sides, filter: { label: 3 } }, 'filter of a region is'],
  [{ ...sides, filter: { values: { strategy: 2, from: 0, to: 1 } } }, 'filter of a region is'],
  [{ ...sides, filter: { scores: [0, 2] } }, 'filter of a region is'],
  [{ ...sides, words: 1 }, 'words of a region is'],
  [{ ...sides, filter: { taken: [0, 3] } }, 'filter of a region is'],
  [{ ...sides, filter: { taken: [0] } }, 'filter of a region is'],
  [{ ...sides, total: -1 }, 'total of a region is'],
  [{ ...sides, filter: undefined }, 'filter of a region is'],
])('a chart with the region %j is refused', (region, message) => {
  const given = { words: 'dog', filter: { label: 1 }, ...region } as ReportRegion;
  expect(() => dataOf([cell('a')], { charts: [{ ...chart, regions: [given] }] })).toThrow(message);
});
