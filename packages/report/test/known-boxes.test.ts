import { describe, expect, it } from 'vitest';
import { boxesAt, placeOfBox } from '../src/page/cells/box-at.ts';
import { barsInCells, boxVector, decidingVector, shownInCell } from '../src/page/cells/class-vector.ts';
import { doubtOrder } from '../src/page/cells/doubt-order.ts';
import { createImageBoxes } from '../src/page/cells/image-boxes.ts';
import type { ReportBox } from '../src/index.ts';
import { cell, dataOf } from './cells.ts';

const sides = { xmin: 0, ymin: 0, xmax: 10, ymax: 10 };
const torn: ReportBox = {
  ...{ ...sides, box: 4, label: 0, score: 0.4, values: [0.1, 1.05] },
  rivals: [
    { label: 1, score: 0.3 },
    { label: 2, score: 0.212_36 },
  ],
};
const sure: ReportBox = {
  ...{ ...sides, box: 2, label: 1, score: 0.9, values: [0.85, 0.3] },
  rivals: [
    { label: 0, score: 0.05 },
    { label: 2, score: 0.000_04 },
  ],
};
const drawn: ReportBox = { ...sides, layer: 1, label: 2 };
const layers = ['model', 'people'];

/** Its margin is that of box 4, its entropy that of box 2. */
const street = cell('street', {
  boxes: [sure, torn, drawn],
  deciding: [
    { box: 4, label: 0, score: 0.4, second: 1, secondScore: 0.3 },
    { box: 2, label: 1, score: 0.9, second: 0, secondScore: 0.05 },
  ],
});

describe('boxesAt(data, index)', () => {
  it('are the boxes of a cell with their rivals and their own numbers', () => {
    const [first, second, third] = boxesAt(dataOf([street], { layers }), 0);
    expect(second).toEqual({
      ...{ ...sides, layer: 0, label: 0, score: 0.4, box: 4, values: [0.1, 1.05] },
      ...{ partner: null, isAbout: false },
      rivals: [
        { label: 1, score: 0.3 },
        { label: 2, score: 0.2124 },
      ],
    });
    expect(third).toMatchObject({ layer: 1, score: null, box: -1, rivals: [], values: [] });
    expect(first!.rivals).toEqual([{ label: 0, score: 0.05 }]);
  });

  it('take nothing of a page where no box has more than a class', () => {
    const { cells } = dataOf([cell('a')]);
    expect(cells).not.toHaveProperty('rivals');
    expect(cells).not.toHaveProperty('boxValues');
  });

  it('keep their place where cells before them have neither rivals nor numbers', () => {
    const data = dataOf([cell('a'), street, cell('b')], { layers });
    expect([data.cells.rivals!.length, data.cells.boxValues!.length]).toEqual([3, 3]);
    expect(boxesAt(data, 1)[0]!.values).toEqual([0.85, 0.3]);
    expect([0, 2].flatMap((index) => boxesAt(data, index)[0]!.rivals)).toEqual([]);
  });
});

it('placeOfBox(cells, index, box) finds the model’s own box, and no box of others', () => {
  const { cells } = dataOf([cell('a', { boxes: [{ ...drawn, box: 4 }, sure, torn] })], { layers });
  expect([4, 2, 7, -1].map((box) => placeOfBox(cells, 0, box))).toEqual([2, 1, -1, -1]);
});

describe('decidingVector(data, index, sort)', () => {
  const data = dataOf([street, cell('crop'), { id: 'none', image: 'none.jpg', values: [NaN, NaN] }], { layers });

  it('is that of the box that the strategy’s number comes from', () => {
    expect(decidingVector(data, 0, 0)).toEqual([{ label: 0, score: 0.4 }, ...boxesAt(data, 0)[1]!.rivals]);
    expect(decidingVector(data, 0, 1)).toEqual([
      { label: 1, score: 0.9 },
      { label: 0, score: 0.05 },
    ]);
  });

  it('is the two classes of a cell whose boxes have no more, and nothing without a class', () => {
    expect(decidingVector(data, 1, 0)).toEqual([
      { label: 0, score: 0.5 },
      { label: 1, score: 0.25 },
    ]);
    expect(decidingVector(data, 2, 0)).toEqual([]);
  });

  it('has the class alone where a box has one score', () => {
    const { second: _, secondScore: __, ...alone } = cell('a');
    expect(decidingVector(dataOf([alone]), 0, 0)).toEqual([{ label: 0, score: 0.5 }]);
    expect(boxVector(boxesAt(dataOf([{ ...alone, boxes: [drawn] }], { layers }), 0)[0]!)).toEqual([
      { label: 2, score: null },
    ]);
  });
});

describe('barsInCells(data)', () => {
  const bare = { id: 'a', image: 'a', values: [1, 1] };

  it.each([
    [0, [bare]],
    [1, [{ ...bare, label: 1 }]],
    [2, [{ ...bare, label: 1, second: 0 }]],
    [3, [bare, street]],
  ])('is %i for cells with so many classes', (count, cells) => {
    expect(barsInCells(dataOf(cells, { layers }))).toBe(count);
  });

  it('is three where boxes have more classes', () => {
    const rivals = [1, 2, 1, 2].map((label) => ({ label, score: 0.1 }));
    expect(barsInCells(dataOf([cell('a', { boxes: [{ ...torn, rivals }] })]))).toBe(3);
    expect(shownInCell(boxVector(boxesAt(dataOf([cell('a', { boxes: [{ ...torn, rivals }] })]), 0)[0]!))).toHaveLength(
      3,
    );
  });
});

it('shownInCell(vector) leaves out what is 0.00, but for the best class and its rival', () => {
  const vector = [0.99, 0.001, 0.0009].map((score, label) => ({ label, score }));
  expect(shownInCell(vector).map(({ label }) => label)).toEqual([0, 1]);
  expect(shownInCell(vector.map(({ label }) => ({ label, score: null })))).toHaveLength(3);
});

describe('doubtOrder(boxes, sort, strategy)', () => {
  const boxes = boxesAt(
    dataOf([{ ...street, boxes: [drawn, sure, torn, { ...sure, score: 0.1, values: [NaN, 2] }] }], { layers }),
    0,
  );

  it('is by the own number of each, in the order of boxes; those without one come last', () => {
    expect(doubtOrder(boxes, 0, { name: 'margin', order: 'ascending' })).toEqual([2, 1, 3, 0]);
    expect(doubtOrder(boxes, 1, { name: 'entropy', order: 'descending' })).toEqual([3, 2, 1, 0]);
    const ofImages = { name: 'marginSum', order: 'descending', box: { name: 'margin', order: 'ascending' } } as const;
    expect(doubtOrder(boxes, 0, ofImages)).toEqual([2, 1, 3, 0]);
  });
});

describe('createImageBoxes(data)(index)', () => {
  const region = { x: 0, y: 0, width: 20, height: 20 };
  const crop = (id: string, own: ReportBox, values: number[], image = 'street.jpg') =>
    cell(id, {
      image,
      region,
      boxes: [{ ...own, values: undefined! }, drawn].map(withoutValues),
      values,
      box: own.box!,
    });
  const withoutValues = ({ values: _, ...box }: ReportBox): ReportBox => box;
  const data = dataOf([crop('a', torn, [0.1, 1.05]), crop('b', sure, [0.85, 0.3]), crop('c', sure, [0, 0], 'other.jpg')], { layers }); // prettier-ignore

  it('are the own box first, then those of other cells of the image, each once and with its numbers', () => {
    const boxes = createImageBoxes(data)(1);
    expect(boxes.map(({ box, values }) => [box, values])).toEqual([
      [2, [0.85, 0.3]],
      [-1, []],
      [4, [0.1, 1.05]],
    ]);
    expect(createImageBoxes(data)(2).map(({ box }) => box)).toEqual([2, -1]);
  });

  it('are the boxes of an image that is shown whole', () => {
    const whole = dataOf([street, cell('crop', { image: 'street.jpg', region })], { layers });
    expect(createImageBoxes(whole)(0).map(({ box }) => box)).toEqual([2, 4, -1]);
  });

  it('have the rival that the cell names where boxes name none', () => {
    const [own] = createImageBoxes(dataOf([cell('a', { box: 3, boxes: [{ ...sides, box: 3 }] })]))(0);
    expect(own).toMatchObject({ rivals: [{ label: 1, score: 0.25 }], values: [0.25, 0.5] });
  });
});
