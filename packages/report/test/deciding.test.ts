import { describe, expect, it } from 'vitest';
import { thumbnailAt } from '../src/page/cells/cell-at.ts';
import { cellWords } from '../src/page/grid/cell-view.ts';
import { decidingWords, numberWords } from '../src/page/cells/deciding-at.ts';
import { cellsAsCsv } from '../src/page/export/export-rows.ts';
import { createCellSelector } from '../src/page/filters/select-cells.ts';
import { initialState } from '../src/page/view-state.ts';
import { cell, dataOf } from './cells.ts';

const side = { xmin: 0, ymin: 0, xmax: 10, ymax: 10 };

/** An image whose margin is that of box 4, and whose entropy is the sum of all, 2 in greatest
 * doubt.
 */
const image = cell('street', {
  values: [0.004, 2.5],
  boxes: [
    { ...side, box: 2 },
    { ...side, box: 4 },
  ],
  deciding: [
    { box: 4, label: 0, score: 0.21, second: 1, secondScore: 0.206 },
    { box: 2, label: 1, score: 0.5, second: 2, secondScore: 0.25, value: 0.69 },
  ],
});
const empty = { id: 'empty', image: 'empty.jpg', values: [NaN, NaN] };
const data = dataOf([cell('crop', { box: 7 }), image, empty], { labels: ['cat', 'dog', 'fox'], noBox: 'no box above 0.2' }); // prettier-ignore

describe('a number of a cell', () => {
  it('is said with the box that it comes from, whatever the page is sorted by', () => {
    expect(numberWords(data, 1, 0)).toBe('0.004: cat 0.21 or dog 0.206, box 4');
    expect(decidingWords(data, 1, 1)).toBe('dog 0.50 or fox 0.25, box 2');
    expect(cellWords(data, 1, 0)).toBe('cat 0.21 or dog 0.21, box 4, margin 0.004, street.jpg');
  });

  it('that is made of all boxes says so, and names the one of greatest doubt', () => {
    expect(numberWords(data, 1, 1)).toBe('2.5 of all boxes; in greatest doubt 0.69: dog 0.5 or fox 0.25, box 2');
    expect(cellWords(data, 1, 1)).toBe('dog 0.50 or fox 0.25, box 2, entropy 2.5 of all boxes, street.jpg');
  });

  it('that there is none of is said in words', () => {
    expect(numberWords(data, 2, 0)).toBe('no box above 0.2');
    expect(cellWords(data, 2, 1)).toBe('no box above 0.2, empty.jpg');
  });

  it('of a box is that of this box, by every strategy', () => {
    expect(cellWords(data, 0, 1)).toBe('cat 0.50 or dog 0.25, box 7, entropy 0.5, crop.jpg');
  });

  it('lights the box that it comes from', () => {
    const lit = (sort: number): boolean[] => thumbnailAt(data, 1, sort).boxes.map(({ isDeciding }) => isDeciding);
    expect([lit(0), lit(1)]).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  it('is what classes, pairs, scores and words are filtered by', () => {
    const ids = (part: Partial<typeof initialState>): string[] =>
      createCellSelector(data)({ ...initialState, ...part }, new Map()).map((index) => data.cells.id[index]!);
    expect(ids({ sort: 0, label: 1 })).toEqual([]);
    expect(ids({ sort: 1, label: 1 })).toEqual(['street']);
    expect(ids({ sort: 1, pair: [1, 2] })).toEqual(['street']);
    expect(ids({ sort: 0, ranges: { score: [null, 0.30005] } })).toEqual(['street']);
    expect(ids({ sort: 1, ranges: { score: [null, 0.30005] } })).toEqual([]);
    expect(ids({ sort: 1, words: 'street fox' })).toEqual(['street']);
    expect(ids({ sort: 0, words: 'street fox' })).toEqual([]);
  });

  it('is exported with its box', () => {
    const csv = cellsAsCsv(data, [1], new Map([['street', { verdict: 'accept', tags: [] }]]));
    expect(csv.split('\r\n').slice(0, 2)).toEqual([
      'id,image_id,image,box_index,label,score,verdict,tags,margin,entropy,entropy_box_index',
      'street,,street.jpg,4,cat,0.21,accept,,0.004,2.5,2',
    ]);
  });
});

it('boxes that decide for other than all strategies are refused', () => {
  expect(() => dataOf([cell('a', { deciding: [{ box: 1 }] })])).toThrow('1 boxes that decide for 2 strategies');
  expect(() => dataOf([cell('a', { deciding: [{ label: 9 }, {}] })])).toThrow('class 9 is invalid');
});
