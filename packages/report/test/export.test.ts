import { describe, expect, it } from 'vitest';
import { cellsAsCoco } from '../src/page/export/export-coco.ts';
import { exportChoices } from '../src/page/export/export-dialog.ts';
import { cellsAsCsv, cellsAsJson } from '../src/page/export/export-rows.ts';
import type { Mark, Marks } from '../src/selection.ts';
import { cell, dataOf } from './cells.ts';

const accept: Mark = { verdict: 'accept', tags: [] };
const reject: Mark = { verdict: 'reject', tags: ['blurry', 'night'] };
const named = dataOf([cell('=1+1', { imageId: 7, image: 'a "b",\n.jpg' }), cell('plain'), cell('left')]);
const marks: Marks = new Map([
  ['=1+1', accept],
  ['plain', reject],
]);

describe('cellsAsCsv(data, indices, marks)', () => {
  it('has what is asked for, marked or not, and no formula', () => {
    expect(cellsAsCsv(named, [0, 1, 2], marks)).toBe(
      'id,image_id,image,box_index,label,score,verdict,tags,margin,entropy\r\n' +
        `'=1+1,7,"a ""b"",\n.jpg",,cat,0.5,accept,,0.25,0.5\r\nplain,,plain.jpg,,cat,0.5,reject,blurry night,0.25,0.5\r\n` +
        'left,,left.jpg,,cat,0.5,,,0.25,0.5\r\n',
    );
  });

  it('has the edges of boxes, and why a cell is there', () => {
    const other = { xmin: 0, ymin: 0, xmax: 5, ymax: 5, box: 2, label: 1, score: 0.9 };
    const boxes = [other, { xmin: 1, ymin: 2, xmax: 11.04, ymax: 12, box: 3, label: 1, score: 0.5 }];
    const data = dataOf([cell('a', { boxes, box: 3, reason: 'missed' }), cell('b', { boxes: [] })], { by: 'box' });
    expect(cellsAsCsv(data, [1, 0], new Map()).split('\r\n')).toEqual([
      'id,image_id,image,box_index,xmin,ymin,xmax,ymax,label,score,verdict,tags,margin,entropy,reason',
      'b,,b.jpg,,,,,,cat,0.5,,,0.25,0.5,',
      'a,,a.jpg,3,1,2,11,12,cat,0.5,,,0.25,0.5,missed',
      '',
    ]);
  });

  it('has what another model and a list say, under names that no strategy has', () => {
    const told = { otherValues: [0.75], columns: [7] };
    const data = dataOf([cell('a', told), cell('b', { otherValues: [NaN], columns: [NaN] })], {
      ...{ layers: ['one', 'two'], columns: ['=depth'] },
      strategies: [
        { name: 'margin', order: 'ascending', compared: true },
        { name: 'entropy', order: 'descending' },
      ],
    });
    expect(cellsAsCsv(data, [0, 1], new Map()).split('\r\n')).toEqual([
      'id,image_id,image,box_index,label,score,verdict,tags,margin,entropy,other.margin,difference.margin,column.=depth',
      'a,,a.jpg,,cat,0.5,,,0.25,0.5,0.75,0.5,7',
      'b,,b.jpg,,cat,0.5,,,0.25,0.5,,,',
      '',
    ]);
    const { selection } = JSON.parse(cellsAsJson(data, [0], new Map())) as { selection: { numbers: object }[] };
    expect(selection[0]!.numbers).toEqual({
      ...{ margin: 0.25, entropy: 0.5, 'other.margin': 0.75, 'difference.margin': 0.5, 'column.=depth': 7 },
    });
  });
});

describe('cellsAsJson(data, indices, marks)', () => {
  it('is a file of marks, with what is known of each cell', () => {
    expect(JSON.parse(cellsAsJson(named, [0], marks))).toEqual({
      ...{ format: 'qualm-marks', version: 2 },
      ...{ report: named.id, title: 'Toys' },
      selection: [
        {
          ...{ id: '=1+1', image_id: 7, image: 'a "b",\n.jpg', box_index: null, label: 'cat', score: 0.5 },
          ...{ ...accept, numbers: { margin: 0.25, entropy: 0.5 } },
        },
      ],
    });
  });

  it('has the box that a cell is, and why it is there', () => {
    const boxes = [{ xmin: 1, ymin: 2, xmax: 11, ymax: 12, box: 3 }];
    const data = dataOf([cell('a', { boxes, box: 3, reason: 'missed' })], { by: 'box' });
    const { selection } = JSON.parse(cellsAsJson(data, [0], new Map())) as { selection: object[] };
    expect(selection).toMatchObject([
      { box_index: 3, box: { xmin: 1, ymin: 2, xmax: 11, ymax: 12 }, reason: 'missed', verdict: null, tags: [] },
    ]);
  });
});

describe('cellsAsCoco(data, indices)', () => {
  const boxes = [
    { xmin: 1, ymin: 2, xmax: 11, ymax: 22.5, label: 2, score: 0.25 },
    { xmin: 0, ymin: 0, xmax: 5, ymax: 5, label: 0, score: 0.5, layer: 1 },
    { xmin: 0, ymin: 0, xmax: 5, ymax: 5, score: 0.5 },
  ];
  const coco = (...cells: ReturnType<typeof cell>[]): object =>
    JSON.parse(
      cellsAsCoco(
        dataOf(cells, { layers: ['model', 'people'] }),
        cells.map((_, at) => at),
      ),
    ) as object;
  const found = { bbox: [1, 2, 10, 20.5], area: 205, iscrowd: 0, segmentation: [], score: 0.25, category_id: 3 };

  it("has the model's boxes of each image once, under the image's own number", () => {
    const [one, two] = [cell('a', { imageId: 42, boxes }), cell('b', { imageId: 42, image: 'a.jpg', boxes })];
    expect(coco(one, two)).toEqual({
      info: { description: 'Toys' },
      images: [{ id: 42, file_name: 'a.jpg', width: 40, height: 20 }],
      annotations: [
        { id: 1, image_id: 42, ...found },
        { id: 2, image_id: 42, ...found },
      ],
      categories: [
        { id: 1, name: 'cat' },
        { id: 2, name: 'dog' },
        { id: 3, name: '<b>"fox"</b>' },
      ],
    });
  });

  it('counts images from 1 where their ids are no numbers, which then are their file names', () => {
    const cells = [cell('a', { imageId: 'x/a.jpg', boxes: [] }), cell('b', { imageId: 7, boxes }), cell('c')];
    expect(coco(...cells)).toMatchObject({
      images: [
        { id: 1, file_name: 'x/a.jpg' },
        { id: 2, file_name: 'b.jpg' },
        { id: 3, file_name: 'c.jpg' },
      ],
      annotations: [{ image_id: 2 }],
    });
  });
});

it('exportChoices(data, marks, seen) are in the order of the report, the selected ones in that of the page', () => {
  const choices = exportChoices(named, marks, { shown: [2, 1], selected: new Set([1, 2]) });
  expect(Object.fromEntries(choices.map(({ name, indices }) => [name, indices]))).toEqual({
    ...{ selected: [2, 1], accepted: [0], rejected: [1], marked: [0, 1], shown: [2, 1] },
  });
});
