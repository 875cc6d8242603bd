import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boxErrors, errorReason, errorReportOf, readLabelledImages, reportOf } from '../src/index.ts';
import type { ReportContents } from '../src/index.ts';
import { predictionsOf } from './predictions-of.ts';

/* Box k of an image is [10k, 0, 10k + 8, 8]. */
const [cat, dog] = [1, 2];
const drawn = (id: number, image_id: string, k: number, category_id: number, more: object = {}) => ({
  ...{ id, image_id, bbox: [10 * k, 0, 8, 8], category_id, ...more },
});
const predictions = predictionsOf([
  {
    id: 'a.jpg',
    boxes: [
      [0.9, 0.1, 0],
      [0.95, 0.05, 0],
      [0.1, 0.2, 0.7],
    ],
  },
  { id: 'b.jpg', boxes: [[0.02, 0.97, 0.01]] },
  { id: 'c.jpg', boxes: [] },
]);
const coco = {
  images: ['a.jpg', 'b.jpg', 'c.jpg'].map((file_name) => ({ id: file_name, file_name, width: 100, height: 100 })),
  // Of no bear: that box is not compared.
  categories: [
    { id: cat, name: 'cat' },
    { id: dog, name: 'dog' },
  ],
  annotations: [
    drawn(11, 'a.jpg', 0, cat),
    drawn(12, 'a.jpg', 1, dog),
    drawn(13, 'a.jpg', 5, dog),
    drawn(14, 'a.jpg', 7, dog, { iscrowd: 1 }),
    drawn(15, 'c.jpg', 1, cat, { bbox: [10, 0, 16, 16] }),
  ],
};

let folder: string;
let labels: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'labelled-page-'));
  labels = join(folder, 'labels.json');
  await writeFile(labels, JSON.stringify(coco));
});
afterAll(() => rm(folder, { recursive: true }));

/** The class of each box and of its partner, by name. */
const pairsOf = ({ pageCells, pageOptions }: ReportContents): Record<string, unknown> => {
  const name = (place: number | undefined) => (place === undefined || place < 0 ? null : pageOptions.labels[place]);
  return Object.fromEntries(
    pageCells.map(({ cell }) => [
      cell.id,
      cell.boxes!.flatMap((box) =>
        'partner' in box && box.partner !== undefined ? [[box.layer, name(box.label), name(box.partner)]] : [],
      ),
    ]),
  );
};

describe('reportOf with labels', () => {
  it('says of each box what was drawn there, and has a cell for each object that was missed', async () => {
    const report = await reportOf(predictions, { coco: labels, minScore: 0 });
    expect(pairsOf(report)).toEqual({
      'a.jpg#cat@0,0,8,8': [[0, 'cat', 'cat']],
      'a.jpg#cat@10,0,18,8': [[0, 'cat', 'dog']],
      'a.jpg#bear@20,0,28,8': [],
      'b.jpg#dog@0,0,8,8': [[0, 'dog', null]],
      'a.jpg#drawn#dog@50,0,58,8': [[1, 'dog', null]],
      'c.jpg#drawn#cat@10,0,26,16': [[1, 'cat', null]],
    });
    expect(report.notes).toContain('2 drawn objects were not found; they come last, without a number');
    const last = report.pageCells.slice(-2).map(({ cell }) => cell);
    expect(last.map(({ annotationId, box, values }) => [annotationId, box, values[0]])).toEqual([
      [15, undefined, NaN],
      [13, undefined, NaN],
    ]);
    expect(last[0]!.region).toMatchObject({ width: expect.any(Number) as number });
    // All boxes are on the page, whose own table counts them.
    expect(report.pageOptions.charts).toHaveLength(2);
  });

  it('has the largest of what was missed where there are many, and a chart of what the page lacks', async () => {
    const report = await reportOf(predictions, { coco: labels, minScore: 0, cells: 1 });
    expect(report.pageCells).toHaveLength(2);
    expect(report.pageCells[1]!.cell.id).toBe('c.jpg#drawn#cat@10,0,26,16');
    expect(report.notes).toContain('2 drawn objects were not found; the largest comes last, without a number');
    expect(report.pageOptions.charts).toHaveLength(3);
    // The page has the class bear, and cat of the missed one; no dog.
    const { labels: names, charts } = report.pageOptions;
    expect(names).toEqual(['bear', 'dog', 'cat']);
    const parts = charts![2]!.regions!.map(({ words, total, filter }) => [words, total, filter?.taken]);
    const [catPlace, dogPlace] = [names.indexOf('cat'), names.indexOf('dog')];
    expect(parts.toSorted()).toEqual([
      ['drawn cat, not found', 1, [catPlace, -1]],
      ['drawn dog, found cat', 1, [dogPlace, catPlace]],
      ['drawn dog, not found', 1, [dogPlace, -1]],
      ['nothing drawn, found dog', 1, [-1, dogPlace]],
    ]);
  });

  it('of images has both sides in each, and no cell more', async () => {
    const report = await reportOf(predictions, { coco: labels, by: 'image', minScore: 0 });
    expect(report.pageCells).toHaveLength(3);
    const [c, a, b] = ['c', 'a', 'b'].map(
      (name) => Object.entries(pairsOf(report)).find(([id]) => id.startsWith(name))![1],
    );
    expect(c).toEqual([[1, 'cat', null]]);
    expect(b).toEqual([[0, 'dog', null]]);
    expect(a).toHaveLength(5);
    expect(a).toContainEqual([1, 'dog', 'cat']);
  });

  it('compares classes whose names are written in another form of Unicode', async () => {
    const accented = {
      ...predictions,
      labels: [
        { id: 1, name: 'caf\u00e9' },
        { id: 2, name: 'dog' },
        { id: 3, name: 'bear' },
      ],
    };
    const other = join(folder, 'unicode.json');
    await writeFile(other, JSON.stringify({ ...coco, categories: [{ id: cat, name: 'cafe\u0301' }] }));
    const { pageCells, pageOptions } = await reportOf(accented, { coco: other, minScore: 0 });
    const [box] = pageCells.find(({ cell }) => cell.id.includes('@0,0,8,8'))!.cell.boxes as unknown as {
      label: number;
      partner: number;
    }[];
    expect([pageOptions.labels[box!.label], box!.partner]).toEqual(['caf\u00e9', box!.label]);
  });

  it('compares nothing where labels and predictions have no image in common, and says so', async () => {
    const other = join(folder, 'others.json');
    await writeFile(other, JSON.stringify({ ...coco, images: [{ id: 'z', file_name: 'z.jpg' }], annotations: [] }));
    const report = await reportOf(predictions, { coco: other, minScore: 0 });
    expect(report.warnings.join()).toContain('nothing is compared with');
    expect(Object.values(pairsOf(report)).flat()).toEqual([]);
  });
});

describe('errorReportOf(source, labelled, errors)', () => {
  const errorsOf = async (options = {}) => {
    const labelled = await readLabelledImages(predictions, labels);
    const errors = boxErrors(labelled, { errors: ['overlooked', 'swapped'], highScore: 0.9 });
    return errorReportOf(predictions, labelled, errors, options);
  };

  it('has a cell for each suspect in the order of the list, with what was drawn and what was found', async () => {
    const report = await errorsOf();
    const { pageCells, pageOptions } = report;
    expect(pageOptions.strategies.map(({ name }) => name)).toEqual(['quality', 'foundScore']);
    const qualities = pageCells.map(({ cell }) => cell.values[0]!);
    expect(qualities).toEqual([...qualities].sort((one, two) => one - two));
    const cells = new Map(pageCells.map(({ cell }) => [cell.id, cell]));
    const swapped = cells.get('a.jpg#swapped#dog@10,0,18,8')!;
    expect(swapped).toMatchObject({
      annotationId: 12,
      box: 1,
      reason: expect.stringMatching(/^wrong class: drawn dog, found cat 0\.95$/) as string,
    });
    expect(pageOptions.kinds![swapped.kind!]).toBe('wrong class');
    const missing = cells.get('b.jpg#overlooked#dog@0,0,8,8')!;
    expect(missing.reason).toMatch(/^missing label: found dog 0\.97/);
    expect(missing).not.toHaveProperty('annotationId');
    expect(pairsOf(report)).toMatchObject({
      'a.jpg#swapped#dog@10,0,18,8': [
        [0, 'cat', 'dog'],
        [1, 'dog', 'cat'],
      ],
      'b.jpg#overlooked#dog@0,0,8,8': [[0, 'dog', null]],
    });
    expect(pageOptions.verdicts!.accept.act).toContain('Wrong');
  });

  it('shows a suspect that no box of the model speaks against, around what was drawn', async () => {
    const twice = join(folder, 'twice.json');
    const two = [drawn(1, 'c.jpg', 2, cat), drawn(2, 'c.jpg', 2, dog)];
    await writeFile(twice, JSON.stringify({ ...coco, annotations: two }));
    const labelled = await readLabelledImages(predictions, twice);
    const report = await errorReportOf(
      predictions,
      labelled,
      boxErrors(labelled, { errors: ['swapped'], maxQuality: 1, highScore: 0.99 }),
    );
    const own = report.pageCells.filter(({ cell }) => cell.imageId === 'c.jpg').map(({ cell }) => cell);
    expect(own.map(({ reason }) => reason)).toEqual([
      'wrong class: drawn cat, and dog in the same place',
      'wrong class: drawn dog, and cat in the same place',
    ]);
    expect(own.map(({ box, values, region }) => [box, values[1], region!.width > 8])).toEqual([
      [undefined, NaN, true],
      [undefined, NaN, true],
    ]);
  });

  it('shows a label that was drawn for nothing as missed, with what little was found there', async () => {
    const extra = join(folder, 'extra.json');
    const two = [drawn(1, 'a.jpg', 0, cat), drawn(2, 'a.jpg', 1, cat), drawn(3, 'b.jpg', 0, dog)];
    const spurious = drawn(4, 'c.jpg', 6, dog, { bbox: [60, 0, 9, 8] });
    const faint = drawn(5, 'a.jpg', 2, cat, { bbox: [25, 0, 8, 8] });
    await writeFile(extra, JSON.stringify({ ...coco, annotations: [...two, spurious, faint] }));
    const labelled = await readLabelledImages(predictions, extra);
    const errors = boxErrors(labelled, { errors: ['spurious'], maxQuality: 0.95 });
    // Two of five are missed; that of the cat, one of three, at .85 of what all are.
    expect(Array.from(errors, ({ ann_id, found_box_index: at, quality }) => [ann_id, at, quality])).toEqual([
      [5, null, expect.closeTo((0.4 * 6) / 6.2, 6)],
      [4, null, expect.closeTo((0.4 * 6) / 5.8, 6)],
    ]);
    const report = await errorReportOf(predictions, labelled, errors);
    expect(report.pageOptions.kinds).toEqual(['extra label']);
    expect(report.pageCells.map(({ cell }) => [cell.reason, cell.annotationId, cell.box])).toEqual([
      ['extra label: drawn cat, found nothing', 5, undefined],
      ['extra label: drawn dog, found nothing', 4, undefined],
    ]);
    expect(pairsOf(report)).toEqual({
      'a.jpg#spurious#cat@25,0,33,8': [[1, 'cat', null]],
      'c.jpg#spurious#dog@60,0,69,8': [[1, 'dog', null]],
    });
  });

  it('keeps to the images that are asked for, and to so many cells', async () => {
    const only = { hasImage: ({ image_id }: { readonly image_id: string | number }) => image_id === 'b.jpg' };
    expect((await errorsOf({ only })).pageCells.map(({ cell }) => cell.imageId)).toEqual(['b.jpg']);
    const { pageCells, notes } = await errorsOf({ cells: 1 });
    expect([pageCells.length, notes]).toEqual([1, ['2 labels are suspect; the worst is shown']]);
  });
});

it('errorReason(error) says the kind in words, and what is known', () => {
  expect(errorReason({ error: 'swapped', label: 'cat', found_label: 'dog', found_score: 0.93, quality: 0.04 })).toBe(
    'wrong class: drawn cat, found dog 0.93, quality 0.04',
  );
  expect(errorReason({ error: 'spurious', label: 'cat', found_label: 'dog', found_score: 0.06 })).toBe(
    'extra label: drawn cat, found at most dog 0.06',
  );
  expect(errorReason({ error: 'spurious', label: 'cat', found_label: null })).toBe(
    'extra label: drawn cat, found nothing',
  );
  expect(errorReason({ error: 'toString', quality: 0 })).toBe('toString: quality 0.00');
});
