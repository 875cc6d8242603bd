import { expect, it, vi } from 'vitest';
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
])('a chart with the region %j is refused', (region, message) => {
  const given = { words: 'dog', filter: { label: 1 }, ...region } as ReportRegion;
  expect(() => dataOf([cell('a')], { charts: [{ ...chart, regions: [given] }] })).toThrow(message);
});
