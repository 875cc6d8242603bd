import { describe, expect, it } from 'vitest';
import type { Answer } from '../src/answers/answer.ts';
import { askedPictures } from '../src/answers/pictures.ts';
import { ambiguousNames, answersAsCoco, labelledPictures } from '../src/page/questions/labels-coco.ts';
import { answerOf } from './answers.ts';
import { cell, dataOf } from './cells.ts';

const at = (xmin: number) => ({ xmin, ymin: 2, xmax: xmin + 5, ymax: 8, label: 1, score: 0.5 });
const classes = [
  { id: 0, name: 'person' },
  { id: 15, name: 'cat' },
  { id: 16, name: 'dog' },
];
const data = dataOf(
  [cell('a', { imageId: 'x/a.jpg', boxes: [at(0), at(1)] }), cell('b', { boxes: [at(3)] }), cell('c', { boxes: [] })],
  { by: 'image', labels: ['cat', 'dog'], classes },
);
const pictures = askedPictures(data);
const answers = new Map<string, Answer>([
  ['x/a.jpg#dog@0,2,5,8', answerOf('box', [{ label: 'dog', box: [0, 2, 5.5, 8] }])],
  ['x/a.jpg#dog@1,2,6,8', answerOf('box', [], { at: '2026-11-30T09:00:00.000Z', who: 'Bob' })],
  ['x/a.jpg#missed', answerOf('picture', [{ label: 'yeti', box: [9, 9, 12, 12] }], { asked: [], who: '' })],
  ['b.jpg#dog@3,2,8,8', answerOf('box', null)],
]);

interface Coco {
  readonly images: readonly object[];
  readonly annotations: readonly object[];
}
const coco = (which: 'finished' | 'begun', of = data): Coco =>
  JSON.parse(answersAsCoco(of, labelledPictures(pictures, answers)[which], answers)) as Coco;

it('answersAsCoco(data, pictures, answers) has an annotation for each object, and none for what is none', () => {
  const when = { model: 'toy', answered_by: 'Ann', answered_at: '2026-11-30T08:00:00.000Z', seconds: 2.5 };
  expect(coco('finished')).toEqual({
    info: { description: 'Toys', contributor: 'Ann, Bob', date_created: '2026-11-30T09:00:00.000Z' },
    images: [{ id: 1, file_name: 'x/a.jpg', width: 40, height: 20, finished: true, unsure: 0, not_asked: 0 }],
    annotations: [
      {
        ...{ id: 1, image_id: 1, category_id: 17, bbox: [0, 2, 5.5, 6], area: 33, iscrowd: 0, segmentation: [] },
        attributes: { question: 'box', ...when, asked: 'dog 0.5' },
      },
      {
        ...{ id: 2, image_id: 1, category_id: 18, bbox: [9, 9, 3, 3], area: 9, iscrowd: 0, segmentation: [] },
        attributes: { question: 'picture', ...when, answered_by: '', asked: '' },
      },
    ],
    // From 1, as the model has them else; what the model does not know comes last.
    categories: [
      { id: 1, name: 'person' },
      { id: 16, name: 'cat' },
      { id: 17, name: 'dog' },
      { id: 18, name: 'yeti' },
    ],
  });
});

it('answersAsCoco of all that is begun tells half answered pictures from finished ones', () => {
  const { images, annotations } = coco('begun');
  expect(images).toMatchObject([
    { file_name: 'x/a.jpg', finished: true },
    { file_name: 'b.jpg', finished: false, unsure: 1, not_asked: 0 },
  ]);
  expect(annotations).toHaveLength(2);
});

it('answersAsCoco has the ids of images that are numbers, and classes in the order of the report', () => {
  const numbered = dataOf([cell('a', { imageId: 139, boxes: [at(0)] })], { by: 'image' });
  const asked = askedPictures(numbered);
  const one = new Map([['139#dog@0,2,5,8', answerOf('box', [{ label: 'cat', box: [0, 2, 5, 8] }])]]);
  const made = JSON.parse(answersAsCoco(numbered, labelledPictures(asked, one).begun, one)) as object;
  expect(made).toMatchObject({
    images: [{ id: 139, file_name: 'a.jpg' }],
    annotations: [{ image_id: 139, category_id: 1 }],
  });
});

describe('of classes that share a name', () => {
  const twins = [
    { id: 3, name: 'cat' },
    { id: 5, name: 'dog' },
    { id: 7, name: 'cat' },
  ];
  const given = (label: string): [string, Answer] => [
    `a.jpg#cat (3)@0,2,5,8`,
    answerOf('box', [{ label, box: [0, 2, 5, 8] }]),
  ];
  const twin = dataOf([cell('a', { boxes: [{ ...at(0), label: 0 }] })], {
    ...{ by: 'image', classes: twins, labels: ['cat', 'dog', 'cat'] },
  });
  const read = (answer: [string, Answer]) => {
    const asked = askedPictures(twin);
    const map = new Map([answer]);
    return JSON.parse(answersAsCoco(twin, labelledPictures(asked, map).begun, map)) as {
      annotations: { category_id: number }[];
      categories: object[];
    };
  };

  it('the page has names that tell them apart', () => {
    expect(twin.labels).toEqual(['cat (3)', 'dog', 'cat (7)']);
    expect(dataOf([cell('a')], { labels: ['N/A', 'dog', 'N/A'] }).labels).toEqual(['N/A (1)', 'dog', 'N/A (3)']);
    expect(dataOf([cell('a')], { labels: ['cat', 'dog'], classes: twins }).labels).toEqual(['cat', 'dog']);
    expect(() => dataOf([cell('a')], { labels: ['dog', 'dog'], classes: twins })).toThrow(
      'createReport: labels has "dog" 2 times, classes 1 times; expected as many',
    );
  });

  it('answersAsCoco gives an answer to the one that was said, by the names that the model has', () => {
    for (const [label, id] of [
      ['cat (3)', 3],
      ['cat (7)', 7],
      ['dog', 5],
    ] as const) {
      const { annotations, categories } = read(given(label));
      expect(annotations.map(({ category_id }) => category_id)).toEqual([id]);
      expect(categories).toEqual(twins);
    }
    expect(ambiguousNames(twin, new Map([given('cat (3)')]))).toEqual(new Map());
  });

  it('an answer that has the shared name alone gets a category apart, and is counted', () => {
    const { annotations, categories } = read(given('cat'));
    expect(annotations.map(({ category_id }) => category_id)).toEqual([8]);
    expect(categories).toEqual([...twins, { id: 8, name: 'cat' }]);
    expect(ambiguousNames(twin, new Map([given('cat'), ['x', answerOf('box', null)]]))).toEqual(new Map([['cat', 1]]));
  });
});
