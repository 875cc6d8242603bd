import { describe, expect, it, vi } from 'vitest';
import { furtherNumbers } from '../src/page/close-up/further-numbers.ts';
import { cellsAsCsv, cellsAsJson } from '../src/page/export/export-rows.ts';
import { filterChips } from '../src/page/filters/filters.ts';
import { createCellSelector } from '../src/page/filters/select-cells.ts';
import { captionHeight, cellView } from '../src/page/grid/cell-view.ts';
import { columnsPanel } from '../src/page/side/columns-panel.ts';
import { fromHash, initialState } from '../src/page/view-state.ts';
import type { ViewState } from '../src/page/view-state.ts';
import { cell, dataOf } from './cells.ts';
import { testPage } from './page-window.ts';

testPage();

const wordColumns = ['camera', '=sky'];
const data = dataOf(
  [
    cell('a', { words: ['front', 'rain'] }),
    cell('b', { words: ['rear', null] }),
    cell('c', { words: ['<b>front</b>', 'sun'] }),
    cell('d', { words: [null, 'rain'] }),
  ],
  { wordColumns },
);
const shownFor = (state: Partial<ViewState>): number[] =>
  createCellSelector(data)({ ...initialState, ...state }, new Map());

describe('words that cells bring along', () => {
  it('filter cells, all columns together, and by the search', () => {
    expect(shownFor({ columns: { '=sky': 'rain' } })).toEqual([0, 3]);
    expect(shownFor({ columns: { '=sky': 'rain', camera: 'front' } })).toEqual([0]);
    expect(shownFor({ columns: { camera: 'side' } })).toEqual([]);
    expect(shownFor({ words: 'FRONT' })).toEqual([0, 2]);
    const chips = filterChips({ ...initialState, columns: { camera: 'front', '=sky': 'rain' } }, data, 0);
    expect(chips).toEqual([
      { words: 'camera: front', without: { columns: { '=sky': 'rain' } } },
      { words: '=sky: rain', without: { columns: { camera: 'front' } } },
    ]);
  });

  it('are counted beside the grid, by what the other filters let through', () => {
    const change = vi.fn();
    const { root, draw } = columnsPanel(data, change)!;
    const state = { ...initialState, columns: { '=sky': 'rain' } };
    draw!({ state, shown: [0, 3], without: (off) => shownFor({ ...state, ...off }) });
    const texts = [...root.querySelectorAll('figure')].map((figure) =>
      [...figure.querySelectorAll('button')].map((button) => [
        button.textContent,
        button.getAttribute('aria-pressed') === 'true',
      ]),
    );
    expect(texts).toEqual([
      [['front 1', false]],
      [
        ['rain 2', true],
        ['sun 1', false],
      ],
    ]);
    for (const button of root.querySelectorAll('button')) button.click();
    expect(change.mock.calls.map(([part]) => part as unknown)).toEqual([
      { columns: { '=sky': 'rain', camera: 'front' } },
      { columns: {} },
      { columns: { '=sky': 'sun' } },
    ]);
    expect(columnsPanel(dataOf([cell('a')]), change)).toBeNull();
  });

  it('stand in a line of each cell, in the close-up and in exports, as text', () => {
    const line = cellView(data, 2, { sort: 0, mark: undefined }).querySelector('.brought')!;
    expect([line.textContent, line.getAttribute('title'), line.children.length]).toEqual([
      '<b>front</b> · sun',
      'camera <b>front</b>\n=sky sun',
      0,
    ]);
    expect(captionHeight(data)).toBeGreaterThan(captionHeight(dataOf([cell('a')])));
    expect(furtherNumbers(data, 0)).toEqual(
      expect.arrayContaining([
        ['camera', 'front'],
        ['=sky', 'rain'],
      ]),
    );
    expect(cellsAsCsv(data, [0, 1], new Map()).split('\r\n')).toEqual([
      'id,image_id,image,box_index,label,score,verdict,tags,margin,entropy,column.camera,column.=sky',
      'a,,a.jpg,,cat,0.5,,,0.25,0.5,front,rain',
      'b,,b.jpg,,cat,0.5,,,0.25,0.5,rear,',
      '',
    ]);
    const { selection } = JSON.parse(cellsAsJson(data, [1], new Map())) as { selection: { words: object }[] };
    expect(selection[0]!.words).toEqual({ 'column.camera': 'rear', 'column.=sky': null });
  });

  it('are kept in the address, those that the page has', () => {
    const hash = new URLSearchParams({ columns: 'camera=front&price=3&__proto__=x' }).toString();
    expect(fromHash(`#${hash}`, data).columns).toEqual({ camera: 'front' });
    expect(fromHash(`#${hash}`, dataOf([cell('a')]))).toEqual(initialState);
  });

  it('must be one of each column', () => {
    expect(() => dataOf([cell('a', { words: ['x'] })], { wordColumns })).toThrow('1 words for 2 columns of words');
    const wrong = cell('a', { words: [1 as unknown as string] });
    expect(() => dataOf([wrong], { wordColumns: ['x'] })).toThrow('one of its words');
  });
});
