import { parseHTML } from 'linkedom';
import { describe, expect, it, vi } from 'vitest';
import { boxesAt } from '../src/page/cells/box-at.ts';
import { createBoxTable } from '../src/page/close-up/box-table.ts';
import { captionHeight, cellView } from '../src/page/grid/cell-view.ts';
import { imageAt } from '../src/page/cells/cell-at.ts';
import { legend } from '../src/page/close-up/legend.ts';
import { pictureOf } from '../src/page/picture/picture.ts';
import { scoreSlider } from '../src/page/close-up/score-slider.ts';
import { vectorBars } from '../src/page/picture/vector-bars.ts';
import type { ReportBox } from '../src/index.ts';
import { cell, dataOf } from './cells.ts';
import { testPage } from './page-window.ts';

testPage();

const box = (
  number: number,
  label: number,
  score: number,
  margin: number,
  more: Partial<ReportBox> = {},
): ReportBox => ({
  ...{ xmin: 0, ymin: 0, xmax: 10, ymax: 10, box: number, label, score, values: [margin, 1] },
  rivals: [
    { label: (label + 1) % 3, score: score - margin },
    { label: (label + 2) % 3, score: 0.01 },
  ],
  ...more,
});
const drawn: ReportBox = { xmin: 0, ymin: 0, xmax: 5, ymax: 5, layer: 1, label: 2 };
const boxes = [box(0, 0, 0.9, 0.8), box(1, 1, 0.5, 0.02), box(2, 2, 0.3, 0.1), drawn];
const decides = { box: 1, label: 1, score: 0.5, second: 2, secondScore: 0.48 };
const data = dataOf([cell('street', { boxes, deciding: [decides, decides] })], { layers: ['model', 'people'] });
const hostile = data.labels[2]!;

const texts = (root: Element, selector: string): string[] =>
  Array.from(root.querySelectorAll(selector), (one) => one.textContent!);

it('vectorBars(data, vector, words) are as long as their scores, and names in them are text', () => {
  const bars = vectorBars(
    data,
    [
      { label: 2, score: 0.4567 },
      { label: 0, score: null },
    ],
    (score) => score.toFixed(2),
  );
  expect(bars.map(({ tagName, textContent }) => [tagName, textContent])).toEqual([
    ['STRONG', `${hostile} 0.46`],
    ['SPAN', 'cat'],
  ]);
  expect(bars.map(({ style }) => style.getPropertyValue('--share'))).toEqual(['0.4567', '0']);
  expect(bars[0]!.querySelector('b')).toBeNull();
});

describe('cellView(data, index, state)', () => {
  const view = (sort = 0): HTMLElement => cellView(data, 0, { sort, mark: undefined });

  it('has the best classes of the box that decides, and says which box that is', () => {
    expect(texts(view(), '.bar')).toEqual(['dog 0.50', `${hostile} 0.48`, 'cat 0.01']);
    expect(texts(view(), '.where')).toEqual(['box 1']);
    expect(texts(view(), '.box.deciding')).toHaveLength(1);
  });

  it('is higher the more classes it shows', () => {
    const alone = dataOf([{ id: 'a', image: 'a', values: [1, 1], label: 0 }]);
    expect(captionHeight(data) - captionHeight(alone)).toBe(34);
  });
});

describe('createBoxTable(data, onChoose)', () => {
  const made = (onChoose = vi.fn<(place: number) => void>()) => {
    const table = createBoxTable(data, onChoose);
    table.show(boxesAt(data, 0), 0, (place) => place === 2);
    return table;
  };
  const row = (root: Element, place: number): Element => root.querySelector(`tr[data-at="${place}"]`)!;

  it('has a row for each box with class, score, rival and its own numbers, in greatest doubt first', () => {
    const { root } = made();
    expect(texts(root, 'th')).toEqual(['Class', 'Score', 'Rival', 'Its score', 'margin', 'entropy']);
    expect(Array.from(root.querySelectorAll('tbody tr'), (one) => texts(one, 'td'))).toEqual([
      ['model: dog', '0.50', hostile, '0.48', '0.020', '1.000'],
      [`model: ${hostile}`, '0.30', 'cat', '0.20', '0.100', '1.000'],
      ['model: cat', '0.90', 'dog', '0.10', '0.800', '1.000'],
      [`people: ${hostile}`, '', '', '', '', ''],
    ]);
    expect(root.querySelector('[aria-sort]')!.textContent).toBe('margin');
    expect(row(root, 2).getAttribute('title')).toBe('outside of this picture');
  });

  it('chooses by a click and by steps over the rows that are seen', () => {
    const onChoose = vi.fn<(place: number) => void>();
    const table = made(onChoose);
    row(table.root, 0).querySelector('td')!.click();
    expect(onChoose).toHaveBeenCalledExactlyOnceWith(0);
    table.choose(0);
    expect(Array.from(table.root.querySelectorAll('[aria-selected=true]'), (one) => one.getAttribute('data-at'))).toEqual(['0']); // prettier-ignore
    expect([table.step(null, 1), table.step(1, 1), table.step(3, 1), table.step(1, -1)]).toEqual([1, 2, 3, 1]);
    table.hide((place) => place === 2);
    expect(table.step(1, 1)).toBe(0);
    table.hide(() => true);
    expect(table.step(1, 1)).toBeNull();
  });

  it('is one stop of the tab key, chosen or not', () => {
    const { root, choose } = made();
    const stops = (): (string | null)[] =>
      Array.from(root.querySelectorAll('[tabindex="0"]'), (one) => one.getAttribute('data-at'));
    choose(null);
    expect(stops()).toEqual(['1']);
    choose(3);
    expect(stops()).toEqual(['3']);
  });

  it('says of end-to-end boxes what there is', () => {
    const plain = dataOf([
      cell('a', { boxes: [drawn, { ...drawn, score: 0.4 }].map((one) => ({ ...one, layer: 0 })) }),
    ]);
    const { root, show } = createBoxTable(plain, () => undefined);
    show(boxesAt(plain, 0), 0, () => false);
    expect(texts(root, 'th')).toEqual(['Class', 'Score']);
    expect(texts(root, 'td')).toEqual([hostile, '0.40', hostile, '']);
    show([], 0, () => false);
    expect(root.hidden).toBe(true);
  });
});

it('pictureOf(picture) has for each box its label, both of which know which box they are of', () => {
  const picture = pictureOf(imageAt(data, 0), { words: 'a street', named: true });
  const places = (selector: string): (string | null)[] =>
    Array.from(picture.querySelectorAll(selector), (one) => one.getAttribute('data-at'));
  expect(places('.box')).toEqual(['0', '1', '2', '3']);
  expect(places('.tag')).toEqual(['0', '1', '2', '3']);
  expect(places('.deciding')).toEqual(['1', '1']);
  expect(texts(picture, '.tag')).toEqual(['cat 0.90', 'dog 0.50', `${hostile} 0.30`, hostile]);
  expect(picture.querySelector('.stage')!.classList.contains('decided')).toBe(true);
});

it('legend(layers, boxes, deciding) has what the picture has, and nothing else', () => {
  const [, one, , people] = boxesAt(data, 0);
  const words = (...of: Parameters<typeof legend>): string[] => texts(legend(...of), 'li');
  expect(words(data.layers, [one!, people!], 0)).toEqual(['model', 'people', 'the number comes from it', 'chosen']);
  expect(words(data.layers, [{ ...people!, shape: { area: 'M0 0z', dots: 'M0 0h0' } }], null)).toEqual([
    ...['people', 'chosen', 'mask', 'key points'],
  ]);
  expect(words(data.layers, [], null)).toEqual([]);
});

it('scoreSlider(onChange) tells that it was moved, and says from where', () => {
  const onChange = vi.fn();
  const { root, least, tell } = scoreSlider(onChange);
  const input = root.querySelector('input')!;
  input.value = '0.25';
  input.dispatchEvent(new (parseHTML('').Event)('input'));
  expect(onChange).toHaveBeenCalledOnce();
  expect(least()).toBe(0.25);
  tell('3 of 4 boxes');
  expect(root.querySelector('output')!.textContent).toBe('0.25, 3 of 4 boxes');
});
