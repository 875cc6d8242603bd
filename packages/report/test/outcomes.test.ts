import { describe, expect, it, vi } from 'vitest';
import type { ReportBox } from '../src/index.ts';
import { boxesAt } from '../src/page/cells/box-at.ts';
import { thumbnailAt } from '../src/page/cells/cell-at.ts';
import { noNumberWords } from '../src/page/cells/deciding-at.ts';
import { createImageBoxes } from '../src/page/cells/image-boxes.ts';
import { pairsOfCells, partnerWords } from '../src/page/cells/outcomes.ts';
import { createCellSelector } from '../src/page/filters/select-cells.ts';
import { kindsPanel } from '../src/page/side/kinds-panel.ts';
import { outcomesPanel } from '../src/page/side/outcomes-panel.ts';
import { initialState } from '../src/page/view-state.ts';
import type { ViewState } from '../src/page/view-state.ts';
import { cell, dataOf } from './cells.ts';
import { testPage } from './page-window.ts';

const [cat, dog, fox] = [0, 1, 2];
const at = (layer: number, label: number, partner?: number, more: Partial<ReportBox> = {}): ReportBox => ({
  ...{ xmin: 10, ymin: 5, xmax: 30, ymax: 15, layer, label, ...more },
  ...(partner !== undefined && { partner }),
});
const layers = ['model', 'labelled'];
/** A cat that is one, a dog that is drawn as a cat, a fox where nothing is, a fox that was missed,
 * and a box that nobody compared.
 */
const data = dataOf(
  [
    cell('right', { boxes: [at(0, cat, cat, { box: 0 }), at(1, cat, cat)] }),
    cell('false', { boxes: [at(0, dog, cat, { box: 1 })] }),
    cell('ghost', { boxes: [at(0, fox, -1)] }),
    cell('missed', {
      values: [NaN, NaN],
      boxes: [at(1, fox, -1), at(1, cat)],
      second: undefined,
      score: undefined,
    } as never),
    cell('crowd', { boxes: [at(0, cat)] }),
    cell('image', { boxes: [at(0, cat, cat), at(0, dog, -1), at(1, cat, cat), at(1, dog, -1)] }),
  ],
  { layers, by: 'box', kinds: ['wrong class', 'missing label'] },
);
const select = createCellSelector(data);
const ids = (part: Partial<ViewState>): string[] =>
  select({ ...initialState, ...part }, new Map()).map((index) => data.cells.id[index]!);

describe('what became of boxes', () => {
  it('is a pair of classes for each thing, each thing once', () => {
    const pairs = data.cells.id.map((_, index) => pairsOfCells(data)(index));
    expect(pairs).toEqual([
      [[cat, cat]],
      [[cat, dog]],
      [[-1, fox]],
      [[fox, -1]],
      [],
      [
        [cat, cat],
        [-1, dog],
        [dog, -1],
      ],
    ]);
  });

  it.each<[Partial<ViewState>, string[]]>([
    [{ outcome: 'true' }, ['right', 'image']],
    [{ outcome: 'false' }, ['false', 'ghost', 'image']],
    [{ outcome: 'missed' }, ['image', 'missed']],
    [{ taken: [cat, dog] }, ['false']],
    [{ taken: [-1, dog] }, ['image']],
    [{ taken: [fox, -1] }, ['missed']],
    [{ outcome: 'missed', taken: [cat, cat] }, ['image']],
  ])('%j shows %j', (part, expected) => expect(ids(part)).toEqual(expected));

  it('is absent from a page that nothing was compared on', () => {
    const bare = dataOf([cell('a')]);
    expect([bare.cells.partners, bare.outcomeOrder, bare.kinds]).toEqual([undefined, undefined, undefined]);
  });

  it('is said of each box in the close-up', () => {
    const words = data.cells.id.map((_, index) => boxesAt(data, index).map((box) => partnerWords(data, box)));
    expect(words.slice(0, 5)).toEqual([
      ['right', 'right'],
      ['drawn as cat'],
      ['nothing drawn'],
      ['not found', ''],
      [''],
    ]);
  });

  it('stands in place of the number of what was not found, whose drawn box stands out alone', () => {
    const missed = data.cells.id.indexOf('missed');
    expect(
      noNumberWords(
        {
          ...data,
          cells: { ...data.cells, deciding: [{ ...data.cells.deciding[0]!, box: data.cells.id.map(() => -1) }] },
        },
        missed,
        0,
      ),
    ).toBe('not found');
    expect(thumbnailAt(data, missed).boxes.map(({ isDeciding }) => isDeciding)).toEqual([true, false]);
    const region = { x: 0, y: 0, width: 40, height: 20 };
    const two = dataOf(
      [
        cell('one', { region, imageId: 7, boxes: [at(1, fox, -1)] }),
        cell('two', { region, imageId: 7, boxes: [at(1, cat, -1)] }),
      ],
      { layers },
    );
    // In the close-up the other cell's box is there too, and is not what this cell is about.
    expect(createImageBoxes(two)(0).map(({ isAbout }) => isAbout)).toEqual([true, false]);
  });
});

describe('panels', () => {
  testPage();
  const view = (state: Partial<ViewState>, of = data) => ({
    state: { ...initialState, ...state },
    shown: of.cells.id.map((_, index) => index),
    without: (off: Partial<ViewState>) => createCellSelector(of)({ ...initialState, ...state, ...off }, new Map()),
  });

  it('count what became of boxes, and narrow to it', () => {
    const { kinds: _, ...withoutKinds } = data;
    const change = vi.fn();
    const { root, draw } = outcomesPanel(withoutKinds, change)!;
    draw!(view({ outcome: 'missed' }, withoutKinds));
    const [right, , missed] = root.querySelectorAll<HTMLButtonElement>('.count-buttons button');
    expect(root.querySelector('.count-buttons')!.textContent).toBe('Right 2False 3Missed 2');
    expect(missed!.getAttribute('aria-pressed')).toBe('true');
    missed!.click();
    right!.click();
    const named = [...root.querySelectorAll('button')].find((one) =>
      /fox.*, not found: 1$/.test(one.getAttribute('aria-label') ?? ''),
    );
    named!.click();
    expect(change.mock.calls).toEqual([
      [{ outcome: null, taken: null }],
      [{ outcome: 'true', taken: null }],
      [{ taken: [fox, -1] }],
    ]);
    expect([...root.querySelectorAll('th[scope="row"]')][0]!.textContent).toBe('nothing');
  });

  it('count kinds of a list, in the place of what became of boxes', () => {
    const listed = dataOf([cell('a', { kind: 1 }), cell('b', { kind: 1 }), cell('c')], {
      kinds: ['wrong class', 'missing label'],
    });
    const change = vi.fn();
    const { root, draw } = kindsPanel(listed, change)!;
    draw!(view({}, listed));
    expect(root.textContent).toBe('wrong class 0missing label 2');
    root.querySelectorAll('button')[1]!.click();
    expect(change).toHaveBeenCalledWith({ kind: 1 });
    expect(outcomesPanel(listed, change)).toBeNull();
    expect(kindsPanel(dataOf([cell('a')]), change)).toBeNull();
  });
});

it('a cell with a partner, a kind or a label that is none is refused', () => {
  const refused =
    (more: object, options = {}): (() => unknown) =>
    () =>
      dataOf([cell('a', more)], options);
  expect(refused({ boxes: [at(0, cat, 3)] })).toThrow('partner 3 of a box is invalid; expected a place in labels');
  expect(refused({ kind: 0 })).toThrow('kind 0 is invalid; expected a place in kinds, of which are 0');
  expect(refused({ annotationId: {} })).toThrow('annotationId is an object');
  expect(refused({}, { verdicts: { accept: 'yes' } })).toThrow('verdicts is');
});
