import { parseHTML } from 'linkedom';
import { describe, expect, it, vi } from 'vitest';
import { modelOutcomes, outcomesOf } from '../src/page/cells/compared-at.ts';
import { thingsAt } from '../src/page/cells/differences-at.ts';
import { createImageBoxes } from '../src/page/cells/image-boxes.ts';
import { createDifferences, markOutcomes, summaryWords } from '../src/page/close-up/differences.ts';
import { factsLine, factsList, partialWords } from '../src/page/facts-words.ts';
import { createCellSelector } from '../src/page/filters/select-cells.ts';
import { createSortFields } from '../src/page/filters/sort-fields.ts';
import { folderTree } from '../src/page/side/folder-tree.ts';
import { foldersPanel } from '../src/page/side/folders-panel.ts';
import { modelsPanel } from '../src/page/side/models-panel.ts';
import { numbersPanel, sortPanel } from '../src/page/side/number-panels.ts';
import type { CreatePanel } from '../src/page/side/side-panel.ts';
import { initialState } from '../src/page/view-state.ts';
import type { ViewState } from '../src/page/view-state.ts';
import { cell, dataOf } from './cells.ts';
import { testPage } from './page-window.ts';

testPage();

const at = (x: number, layer: number, label: number, score: number) => ({
  ...{ xmin: x, ymin: 0, xmax: x + 10, ymax: 10, layer, label, score },
});
/** Both say cat at 0; cat and dog at 20; one has a box at 40, the other at 60. */
const boxes = [
  ...[at(0, 0, 0, 0.9), at(20, 0, 0, 0.8), at(40, 0, 1, 0.7)],
  ...[at(60, 1, 1, 0.6), at(20, 1, 1, 0.5), at(0, 1, 0, 0.4)],
];
const pairs = [
  [0, 5],
  [1, 4],
] as const;
const options = {
  layers: ['one', 'two'],
  by: 'image',
  strategies: [
    { name: 'margin', order: 'ascending', compared: true },
    { name: 'entropy', order: 'descending' },
  ],
  comparison: {
    ...{ images: 3, notCompared: 1, agreed: 1, differently: 1, onlyFirst: 1, onlySecond: 1, leftOut: 1200 },
    classes: [
      { name: 'cat', boxes: [2, 1], means: [[0.25, 0.5]] },
      { name: 'dog', boxes: [1, 2], means: [[NaN, 0.5]] },
      { name: 'gnu', boxes: [0, 9], means: [[NaN, 0.125]] },
    ],
  },
} as const;
const other = { otherValues: [0.5] };
const data = dataOf(
  [
    cell('a', { boxes, pairs, ...other, folder: 'night/rain' }),
    cell('b', { boxes: boxes.slice(0, 2), pairs: [], ...other, folder: 'night' }),
    cell('c', { boxes, ...other, folder: '' }),
    cell('d', { boxes: [], pairs: [], ...other, folder: 'day' }),
  ],
  options,
);

describe('the boxes of two models', () => {
  it('are counted by what both say, of cells that were compared alone', () => {
    const counts = outcomesOf(data);
    expect(modelOutcomes.map((outcome) => [outcome, [...counts[outcome]]])).toEqual([
      ['agreed', [1, 0, 0, 0]],
      ['differently', [1, 0, 0, 0]],
      ['onlyFirst', [1, 2, 0, 0]],
      ['onlySecond', [1, 0, 0, 0]],
    ]);
  });

  it.each([
    ['agreed', [0]],
    ['onlyFirst', [0, 1]],
    ['onlySecond', [0]],
    [null, [0, 1, 2, 3]],
  ] as const)('filter by %s', (models, indices) =>
    expect(createCellSelector(data)({ ...initialState, models }, new Map())).toEqual(indices),
  );

  it('are listed, what differs first, with their overlap', () => {
    const shown = createImageBoxes(data)(0);
    expect(thingsAt(data, 0, shown)).toEqual([
      { outcome: 'differently', first: 1, second: 4, iou: 1 },
      { outcome: 'onlyFirst', first: 2, second: null, iou: null },
      { outcome: 'onlySecond', first: null, second: 3, iou: null },
      { outcome: 'agreed', first: 0, second: 5, iou: 1 },
    ]);
    expect(thingsAt(data, 2, createImageBoxes(data)(2))).toBeNull();
    expect(summaryWords(thingsAt(data, 0, shown)!, data.layers)).toBe(
      '3 differences: 1 called differently, 1 only in one, 1 only in two; 1 agreed',
    );
    expect(summaryWords([], data.layers)).toBe('No differences');
  });

  it('are chosen from the list, both boxes of a pair at once', () => {
    const chosen: (readonly number[])[] = [];
    const list = createDifferences(data, (places) => chosen.push(places));
    const shown = createImageBoxes(data)(0);
    list.show(thingsAt(data, 0, shown), shown);
    const rows = [...list.root.querySelectorAll('tbody tr')];
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      'called differentlycat 0.80dog 0.501.00',
      'only in onedog 0.70',
      'only in twodog 0.60',
      'agreedcat 0.90cat 0.401.00',
    ]);
    for (const button of list.root.querySelectorAll('button')) button.click();
    expect(chosen).toEqual([[1, 4], [2], [3], [0, 5]]);
    list.choose(4);
    const pressed = [...list.root.querySelectorAll('button')].map((one) => one.getAttribute('aria-pressed'));
    expect(pressed).toEqual(['true', 'false', 'false', 'false']);
    list.show(null, []);
    expect(list.root.hidden).toBe(true);
    const picture = document.createElement('div');
    picture.innerHTML = '<i data-at="0"></i><i data-at="3"></i><i data-at="9"></i>';
    markOutcomes(picture, thingsAt(data, 0, shown)!);
    expect([...picture.children].map((one) => one.getAttribute('data-outcome'))).toEqual([
      'agreed',
      'onlySecond',
      null,
    ]);
  });

  it('of a cell that is a box say what is said of this one', () => {
    const crop = { region: { x: 0, y: 0, width: 40, height: 20 }, box: 7 };
    const byBox = dataOf(
      [
        cell('a', { ...crop, boxes: [{ ...at(0, 0, 0, 0.9), box: 7 }, ...boxes.slice(3)], pairs: [[0, 2]], ...other }),
        cell('b', { ...crop, boxes: [{ ...at(0, 0, 0, 0.9), box: 7 }, ...boxes.slice(3)], pairs: [], ...other }),
      ],
      { ...options, by: 'box' },
    );
    const counts = outcomesOf(byBox);
    expect(modelOutcomes.map((outcome) => [...counts[outcome]])).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
    const shown = createImageBoxes(byBox)(0);
    expect(thingsAt(byBox, 0, shown)).toMatchObject([{ outcome: 'differently', first: 0, second: 2 }]);
    // The other model's box has its own number.
    expect(shown[2]!.values).toEqual([0.5, null]);
  });
});

const draw = (create: CreatePanel, change = vi.fn(), part: Partial<ViewState> = {}, of = data) => {
  const state = { ...initialState, ...part };
  const select = createCellSelector(of);
  const panel = create(of, change)!;
  const without = (off: Partial<ViewState>): number[] => select({ ...state, ...off }, new Map());
  panel.draw!({ state, shown: select(state, new Map()), without });
  return { ...panel, buttons: [...panel.root.querySelectorAll('button')] };
};

describe('the panels of numbers, folders and models', () => {
  it('count cells by what both models say, and narrow to it', () => {
    const change = vi.fn();
    const { name, buttons, root } = draw(modelsPanel, change, { models: 'agreed' });
    expect(name).toBe('Models: one and two');
    expect(buttons.slice(0, 4).map((one) => one.textContent)).toEqual([
      ...['agreed1', 'called differently1', 'only in one2', 'only in two1'],
    ]);
    buttons[0]!.click();
    buttons[2]!.click();
    expect(change.mock.calls).toEqual([[{ models: null }], [{ models: 'onlyFirst' }]]);
    expect(root.textContent).toContain('Of 3 images that both looked at: 1 box agreed');
    expect(root.textContent).toContain('1 only in two. A list leaves out 1,200 more, on both sides.');
    expect([...root.querySelectorAll('tbody tr')].map(({ textContent }) => textContent)).toEqual([
      ...['gnu0+9', 'cat2−10.250+0.250', 'dog1+1'],
    ]);
    expect(draw(modelsPanel, change, { label: 1 }).root.querySelectorAll('th [aria-pressed=true]')).toHaveLength(1);
  });

  it('are not there without two models, or without folders', () => {
    const bare = dataOf([cell('a')]);
    expect([modelsPanel(bare, vi.fn()), foldersPanel(bare, vi.fn())]).toEqual([null, null]);
  });

  it('folders stand below one another with what they hold', () => {
    expect(folderTree(['night/rain', 'night', '', 'day', 'night/a b'])).toMatchObject([
      { path: '', name: 'in no folder', depth: 0, holds: [2] },
      { path: 'day', holds: [3] },
      { path: 'night', depth: 0, holds: [0, 1, 4] },
      { path: 'night/a b', name: 'a b', depth: 1 },
      { path: 'night/rain', name: 'rain', depth: 1, holds: [0] },
    ]);
    const change = vi.fn();
    const { buttons } = draw(foldersPanel, change, { folder: 'night' });
    expect(buttons.map((one) => one.textContent)).toEqual(['in no folder1', 'day1', 'night2', 'rain1']);
    buttons[3]!.click();
    buttons[2]!.click();
    expect(change.mock.calls).toEqual([[{ folder: 'night/rain' }], [{ folder: null }]]);
    const select = createCellSelector(data);
    const ids = (folder: string | null): number[] => select({ ...initialState, folder }, new Map());
    expect([ids('night'), ids('night/rain'), ids(''), ids('nigh')]).toEqual([[0, 1], [0], [2], []]);
  });

  it('the number that is sorted by stands beside the other model’s, the others fold', () => {
    const { root } = draw(sortPanel);
    expect([...root.querySelectorAll('figcaption')].map(({ textContent }) => textContent)).toEqual([
      ...['Images by margin, one', 'Images by margin, two', 'Images by margin, two − one'],
    ]);
    const folded = draw(numbersPanel, vi.fn(), { sort: 1 }).root.querySelectorAll('details');
    const seen = [...folded].filter((one) => !one.hidden).map((one) => one.querySelector('summary')!.textContent);
    expect(seen).toContain('margin, two');
    expect(seen).not.toContain('entropy');
  });

  it('a slider moves an end of the stretch, and says what is in it', () => {
    const change = vi.fn();
    const { root } = draw(sortPanel, change, { sort: 1, ranges: { entropy: [null, 0.5] } }, varied());
    const [low, high] = root.querySelectorAll<HTMLElement>('[role=slider]');
    expect(high!.getAttribute('aria-valuetext')).toBe('below 0.5: 2');
    expect(high!.getAttribute('aria-label')).toBe('entropy, to');
    const press = (end: HTMLElement, key: string): void => {
      const event = new (parseHTML('').window as unknown as typeof globalThis).Event('keydown', { bubbles: true });
      end.dispatchEvent(Object.assign(event, { key }));
    };
    press(low!, 'ArrowRight');
    press(high!, 'ArrowRight');
    press(high!, 'Escape');
    expect(change.mock.calls.map(([part]) => (part as Partial<ViewState>).ranges)).toEqual([
      { entropy: [0.02, 0.5] },
      { entropy: [null, 0.52] },
      {},
    ]);
  });

  it('says which cells come first in the words of what they are sorted by', () => {
    const fields = createSortFields(data, vi.fn());
    // linkedom's selects can only be read.
    for (const one of [fields.sort, fields.order]) Object.defineProperty(one, 'value', { writable: true });
    fields.set({ ...initialState, sort: 3 });
    expect([...fields.order.children].map(({ textContent }) => textContent)).toEqual([
      ...['two less sure first', 'one less sure first'],
    ]);
    expect([...fields.sort.querySelectorAll('optgroup')].map((one) => one.getAttribute('label'))).toEqual([
      ...['Doubt', 'Doubt of two', 'Difference of doubt', 'Box and image'],
    ]);
  });
});

/** Entropies of 0, 0.3 and 0.8. */
function varied(): ReturnType<typeof dataOf> {
  return dataOf([0, 0.3, 0.8].map((entropy, index) => cell(String(index), { values: [0.5, entropy] })));
}

describe('the head of a page', () => {
  const facts = {
    ...{ model: 'yolox', against: 'ssd', predicted: '2026-11-28', images: 209, boxes: 1428, minScore: 0.2 },
    leftOut: { failedImages: 1, belowThreshold: 8647, imagesWithoutBox: 4, withoutNumber: 0, beyondKept: 1426 },
    kept: [{ strategy: 'leastConfidence', cells: 2 }],
  };
  const of = dataOf([cell('a'), cell('b')], { by: 'box', facts, about: 'ranked by x' });

  it('says in a line where cells come from, and in a list what is left out', () => {
    expect(factsLine(of, facts)).toBe(
      'yolox and ssd · 28 Nov 2026 · score ≥ 0.2 · first 2 of 1,428 boxes by least confidence · 1 image failed · 209 images · 1,428 boxes',
    );
    expect(Object.fromEntries(factsList(of, facts))).toMatchObject({
      Order: 'ranked by x',
      Kept: '2 by least confidence',
      'Left out': '8,647 boxes below 0.2, 1,426 boxes after the first ones, 1 image without predictions, which failed',
    });
  });

  it('warns of an order within what was kept by another, and not of one by which it was', () => {
    expect(partialWords(of, facts, { sort: 0, models: null })).toBe(
      'Sorted within the first 2 of 1,428 boxes by least confidence: among the others may be some that come before these.',
    );
    const kept = [
      { strategy: 'entropy', cells: 1 },
      { strategy: 'margin', cells: 1 },
    ];
    expect(partialWords(of, { ...facts, kept }, { sort: 0, models: null })).toBeNull();
    expect(partialWords(of, { ...facts, kept }, { sort: 2, models: null })).toContain('by each of entropy and margin');
    expect(factsLine(of, { ...facts, kept })).toContain(' · first 2 of 1,428 boxes by entropy, margin · ');
    expect(factsLine(of, { ...facts, leftOut: {} })).toContain(' · by least confidence · 209 images · ');
    expect(partialWords(of, { ...facts, leftOut: {} }, { sort: 0, models: null })).toBeNull();
    expect(partialWords(of, null, { sort: 0, models: null })).toBeNull();
  });

  it('tells the day of the file from the day of the predictions', () => {
    const { predicted, ...undated } = facts;
    const filed = { ...undated, written: '2026-11-30' };
    expect(factsLine(of, filed)).toContain(' · file of 30 Nov 2026 · ');
    expect(factsList(of, filed)).toContainEqual(['File of', '30 Nov 2026']);
    expect(factsLine(of, { ...filed, predicted })).not.toContain('file');
    expect(factsList(of, facts)).toContainEqual(['Predicted on', '28 Nov 2026']);
  });

  it('says little of what is little known', () => {
    const bare = { images: 1, boxes: 1 };
    expect(factsLine(of, bare)).toBe('1 image · 1 box');
    expect(factsLine(of, { ...bare, predicted: '<b>' })).toBe('1 image · 1 box');
    expect(factsList(dataOf([cell('a')]), bare)).toEqual([['Read', '1 image, 1 box']]);
  });
});
