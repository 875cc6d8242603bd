import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { askedPictures } from '../src/answers/pictures.ts';
import type { Answer } from '../src/answers/answer.ts';
import { thumbnailAt } from '../src/page/cells/cell-at.ts';
import { modelOutcomes, outcomesOf } from '../src/page/cells/compared-at.ts';
import { decidingVector } from '../src/page/cells/class-vector.ts';
import { decidingWords, noNumberWords, numberAt, numberWords } from '../src/page/cells/deciding-at.ts';
import { thingsAt } from '../src/page/cells/differences-at.ts';
import { createImageBoxes } from '../src/page/cells/image-boxes.ts';
import { cellsIn, poolOf } from '../src/page/cells/cell-pool.ts';
import { furtherNumbers } from '../src/page/close-up/further-numbers.ts';
import { cellsAsCoco } from '../src/page/export/export-coco.ts';
import { cellsAsCsv, cellsAsJson } from '../src/page/export/export-rows.ts';
import { factsList, partialWords } from '../src/page/facts-words.ts';
import { createCellSelector } from '../src/page/filters/select-cells.ts';
import { cellView } from '../src/page/grid/cell-view.ts';
import { numbersOf } from '../src/page/numbers/numbers-of.ts';
import { emptyWords } from '../src/page/page-header.ts';
import { createQuestionQueue } from '../src/page/questions/question-queue.ts';
import { isFinished } from '../src/page/questions/question.ts';
import { modelsPanel } from '../src/page/side/models-panel.ts';
import { allCells, initialState } from '../src/page/view-state.ts';
import type { ViewState } from '../src/page/view-state.ts';
import { cell, dataOf } from './cells.ts';

beforeAll(() => vi.stubGlobal('document', parseHTML('<html><body></body></html>').document));
afterAll(() => vi.unstubAllGlobals());

const at = (x: number, layer: number, label: number, score: number, box: number) => ({
  ...{ xmin: x, ymin: 0, xmax: x + 10, ymax: 10, layer, label, score, box },
});
const comparison = {
  ...{ images: 1, notCompared: 0, agreed: 0, differently: 1, onlyFirst: 1, onlySecond: 3 },
  classes: [],
};
const options = {
  layers: ['one', 'two'],
  strategies: [
    { name: 'margin', order: 'ascending', compared: true },
    { name: 'disagreement', order: 'descending' },
  ],
  comparison,
} as const;
const street = { imageId: 's', image: 's.jpg', width: 100, height: 20, region: { x: 0, y: 0, width: 100, height: 20 } };
const second = { ...street, layer: 1, pairs: [] };
const ofTwo = [
  { ...at(0, 1, 1, 0.6, 4), rivals: [{ label: 0, score: 0.25 }] },
  { ...at(60, 1, 1, 0.7, 5), rivals: [{ label: 2, score: 0.6 }] },
  { ...at(80, 1, 2, 0.9, 6), rivals: [{ label: 1, score: 0.1 }] },
];
/** A box that both found, one that the first found alone, and two that the second found alone. */
const cells = [
  cell('both', {
    ...{ ...street, box: 7, values: [0.25, 0.1], otherValues: [0.35] },
    ...{ boxes: [at(0, 0, 0, 0.5, 7), ...ofTwo], pairs: [[0, 1]] },
  }),
  cell('first', {
    ...{ ...street, box: 8, values: [0.1, 1], otherValues: [NaN] },
    ...{ boxes: [at(30, 0, 0, 0.4, 8), ...ofTwo], pairs: [] },
  }),
  cell('torn', {
    ...{ ...second, box: 5, label: 1, score: 0.7, second: 2, secondScore: 0.6 },
    ...{ values: [NaN, 1], otherValues: [0.1], boxes: ofTwo },
  }),
  cell('sure', {
    ...{ ...second, box: 6, label: 2, score: 0.9, second: 1, secondScore: 0.1 },
    ...{ values: [NaN, 0.5], otherValues: [0.8], boxes: ofTwo },
  }),
];
const data = dataOf(cells, { ...options, by: 'box' });
const [margin, disagreement, other, difference] = [0, 1, 2, 3];
const select = (part: Partial<ViewState>, of = data): number[] =>
  createCellSelector(of)({ ...initialState, ...part }, new Map());

describe('cells of boxes that only the second model found', () => {
  it.each([
    ['are not shown at first', {}, [1, 0]],
    ['nor by what both say', { sort: disagreement }, [1, 0]],
    ['nor by the difference', { sort: difference }, [0, 1]],
    ['are where they are asked for, least sure first', { models: 'onlySecond' }, [2, 3]],
    ['the other way round', { models: 'onlySecond', reversed: true }, [3, 2]],
    ['by both models’ numbers', { models: 'onlySecond', sort: difference }, [2, 3]],
    ['by disagreement', { models: 'onlySecond', sort: disagreement }, [2, 3]],
    ['the first half of them', { models: 'onlySecond', percent: 50 }, [2]],
    ['among the others, sorted by what the second says', { sort: other }, [2, 0, 3, 1]],
    ['but not what the first found alone', { sort: other, models: 'onlyFirst' }, [1]],
    ['of a class of the second model', { models: 'onlySecond', label: 2 }, [3]],
    ['in a stretch of its number', { models: 'onlySecond', ranges: { 'other.margin': [0.5, null] } }, [3]],
    ['in no stretch of the first model’s', { models: 'onlySecond', ranges: { margin: [0, null] } }, []],
    ['by a score of their own', { models: 'onlySecond', ranges: { score: [0.8, null] } }, [3]],
  ] as const)('%s', (_, part, indices) => expect(select(part)).toEqual(indices));

  it('are counted apart', () => {
    const counts = outcomesOf(data);
    expect(modelOutcomes.map((outcome) => [...counts[outcome]])).toEqual([
      [0, 0, 0, 0],
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 1],
    ]);
    const change = vi.fn();
    const panel = modelsPanel(data, change)!;
    const state = { ...initialState, words: 's.jpg' };
    panel.draw!({ state, shown: select(state), without: (off) => select({ ...state, ...off }) });
    const buttons = [...panel.root.querySelectorAll('button')].slice(0, 4);
    expect(buttons.map((one) => one.textContent)).toEqual([
      ...['agreed0', 'called differently1', 'only in one1', 'only in two2'],
    ]);
    buttons[3]!.click();
    expect(change).toHaveBeenCalledWith({ models: 'onlySecond' });
    expect(cellsIn(data, poolOf(data, { ...initialState })).length).toBe(2);
    expect(cellsIn(data, poolOf(data, { ...initialState, sort: other })).length).toBe(4);
  });

  it('show the second model’s box, classes and number, and say that the first has none', () => {
    expect(decidingVector(data, 2, margin)).toEqual([
      { label: 1, score: 0.7 },
      { label: 2, score: 0.6 },
    ]);
    expect(thumbnailAt(data, 2).boxes.map(({ isDeciding }) => isDeciding)).toEqual([false, true, false]);
    expect(numberAt(data, 2, margin)).toMatchObject({ value: 0.1, number: { words: 'margin, two' } });
    expect(numberAt(data, 2, difference)).toMatchObject({ value: 0.1, number: { words: 'margin, two' } });
    expect(noNumberWords(data, 2, margin)).toBe('only in two');
    const view = cellView(data, 2, { sort: margin, mark: undefined });
    expect(view.querySelector('.alone')!.textContent).toBe('only in two');
    expect(view.querySelector('.value')!.textContent).toBe('0.1');
    expect(view.querySelector('.unseen')!.textContent).toContain('margin, two');
    expect(cellView(data, 0, { sort: margin, mark: undefined }).querySelector('.alone')).toBeNull();
    expect(furtherNumbers(data, 2)).toContainEqual(['size of the box, % of its image', '5 %']);
  });

  it('are looked at with what the first model found there', () => {
    const boxes = createImageBoxes(data)(2);
    expect(thingsAt(data, 2, boxes)).toEqual([{ outcome: 'onlySecond', first: null, second: 1, iou: null }]);
    expect(boxes.map(({ layer, box, values }) => [layer, box, values])).toEqual([
      [1, 4, [0.35, null]],
      [1, 5, [0.1, null]],
      [1, 6, [0.8, null]],
      [0, 7, [0.25, 0.1]],
      [0, 8, [0.1, 1]],
    ]);
  });

  it('are exported as the second model’s, and as no box that is stored of the first', () => {
    const rows = cellsAsCsv(data, [0, 2], new Map()).split('\r\n');
    expect(rows[0]).toMatch(/^id,image_id,image,model,box_index,xmin,/);
    expect(rows[1]).toMatch(/^both,s,s.jpg,one,7,0,0,10,10,cat,0.5,/);
    expect(rows[2]).toMatch(/^torn,s,s.jpg,two,,60,0,70,10,dog,0.7,/);
    const { selection } = JSON.parse(cellsAsJson(data, [0, 2], new Map())) as { selection: object[] };
    expect(selection).toMatchObject([
      { model: 'one', box_index: 7 },
      { model: 'two', box_index: null, box: { xmin: 60 }, numbers: { margin: null, 'other.margin': 0.1 } },
    ]);
    const { annotations } = JSON.parse(cellsAsCoco(data, [2])) as { annotations: object[] };
    expect(annotations).toMatchObject([{ bbox: [60, 0, 10, 10], category_id: 2, score: 0.7 }]);
    const alone = dataOf(cells.slice(0, 1), { ...options, by: 'box' });
    expect(cellsAsCsv(alone, [0], new Map())).not.toContain('model');
  });

  it('are told in the head of the page, which counts the first model’s alone', () => {
    const facts = { images: 1, boxes: 5, leftOut: { beyondKept: 3 }, kept: [{ strategy: 'margin', cells: 2 }] };
    const of = dataOf(cells, { ...options, by: 'box', facts });
    expect(partialWords(of, facts, { sort: margin, models: null })).toBeNull();
    expect(partialWords(of, facts, { sort: other, models: null })).toContain('the first 2 of 5 boxes by margin');
    expect(partialWords(of, facts, { sort: margin, models: 'onlySecond' })).toBe(
      'Only two found these, the first 2 of 3 boxes: they have numbers of two, and none of one.',
    );
    expect(factsList(of, facts)).toContainEqual(['Only in two', 'the first 2 of 3 boxes']);
    expect(of.pairOrder).toEqual([0, 1]);
  });

  it('are all that a page has whose model found nothing', () => {
    const bare = dataOf(cells.slice(2), { ...options, by: 'box' });
    expect(select({}, bare)).toEqual([]);
    expect(select({ models: 'onlySecond' }, bare)).toEqual([0, 1]);
    expect(emptyWords(bare, 0)).toBe('There are no boxes of one in this report.');
    expect(emptyWords(bare, 2)).toBe('No boxes match these filters.');
    expect(emptyWords(dataOf([]), 0)).toBe('There are no images in this report.');
    expect(bare.pairOrder).toEqual([1, 2]);
  });

  it('are asked about where they are shown, and labels are whole without them', () => {
    const pictures = askedPictures(dataOf(cells, { ...options, by: 'box' }, true));
    const [picture] = pictures.all.values();
    const keys = (boxes: readonly { readonly key: string }[]): string[] => boxes.map(({ key }) => key);
    expect(keys(picture!.boxes())).toEqual(['s#cat@0,0,10,10', 's#cat@30,0,40,10']);
    expect(keys(picture!.beside())).toEqual(['s#dog@60,0,70,10', 's#<b>"fox"</b>@80,0,90,10']);
    expect(pictures.find('s#dog@60,0,70,10')).toBe(picture);
    const served = dataOf(cells, { ...options, by: 'box' }, true);
    const queue = (shown: readonly number[]): string[] =>
      createQuestionQueue(served, pictures, shown, {
        ...{ order: 'grid', answers: new Map(), pace: { seconds: () => 1 } },
      })
        .next(9)
        .map(({ key }) => key);
    expect(queue([0, 1])).toEqual(['s#cat@0,0,10,10', 's#cat@30,0,40,10', 's#missed']);
    expect(queue([3, 2])).toEqual(['s#<b>"fox"</b>@80,0,90,10', 's#dog@60,0,70,10']);
    const answer = { objects: [] } as unknown as Answer;
    const answers = new Map([...keys(picture!.boxes()), 's#missed'].map((key) => [key, answer]));
    expect(isFinished(picture!, answers)).toBe(true);
  });
});

describe('sorted by what the second model says', () => {
  it('a cell that is a box shows its pair there, or itself', () => {
    expect(decidingWords(data, 0, other)).toBe('dog 0.60 or cat 0.25, box 4 of two');
    expect(decidingWords(data, 0, difference)).toBe('dog 0.60 or cat 0.25, box 4 of two');
    expect(decidingWords(data, 0, margin)).toBe('cat 0.50 or dog 0.25, box 7');
    expect(decidingWords(data, 1, other)).toBe('cat 0.50 or dog 0.25, box 8');
    expect(noNumberWords(data, 1, other)).toBe('only in one');
    expect(select({ sort: other, label: 1 })).toEqual([2, 0]);
  });

  /** Its margin in the second model is that of box 5, and made of all boxes. */
  const image = cell('street', {
    ...{ ...street, box: 7, values: [0.25, 2], otherValues: [0.7] },
    ...{ boxes: [at(0, 0, 0, 0.5, 7), ...ofTwo], pairs: [[0, 1]], otherDeciding: [{ box: 5, value: 0.1 }] },
  });
  const { region: _, ...whole } = image;
  const images = dataOf(
    [
      whole,
      { ...whole, id: 'none', otherValues: [NaN], otherDeciding: [{}], pairs: [], boxes: [at(0, 0, 0, 0.5, 7)] },
      cell('unasked', { values: [0.5, 0], otherValues: [NaN] }),
    ],
    { ...options, by: 'image', noBox: 'no box above 0.2' },
  );

  it('an image shows the box that the second model’s number comes from', () => {
    expect(numberWords(images, 0, other)).toBe(
      '0.7 of all boxes; in greatest doubt 0.1: dog 0.7 or <b>"fox"</b> 0.6, box 5 of two',
    );
    expect(decidingVector(images, 0, difference).map(({ label }) => label)).toEqual([1, 2]);
    const deciding = (sort: number) =>
      thumbnailAt(images, 0, sort).boxes.flatMap(({ layer, isDeciding, text }) => (isDeciding ? [[layer, text]] : []));
    expect([deciding(margin), deciding(other)]).toEqual([[[0, 'cat 0.50']], [[1, 'dog 0.70']]]);
    const sizes = numbersOf(images).find(({ key }) => key === 'score')!;
    expect([sizes.values(margin)[0], sizes.values(numbersOf(images)[other]!.shows)[0]]).toEqual([0.5, 0.7]);
  });

  it('an image without such a box shows none, and says why', () => {
    expect(decidingVector(images, 1, other)).toEqual([]);
    expect([1, 2].map((index) => noNumberWords(images, index, other))).toEqual(['no box above 0.2', 'no number']);
    expect(thumbnailAt(images, 1, other).boxes.some(({ isDeciding }) => isDeciding)).toBe(false);
  });
});

describe('createReport(cells) refuses', () => {
  it.each([
    [{ layer: 2 }, 'its layer 2 is invalid'],
    [{ layer: -1 }, 'its layer -1 is invalid'],
    [{ otherDeciding: [] }, '0 other boxes that decide for 1 compared strategies'],
  ])('%o', (part, words) => {
    expect(() => dataOf([cell('a', { otherValues: [1], ...part })], options)).toThrow(words);
  });
});

it('a reset takes the filter away', () => expect(allCells.models).toBeNull());
