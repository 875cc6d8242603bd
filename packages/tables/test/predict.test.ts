import * as aq from 'arquero';
import { ClassScoresColumn, DetectionsColumn, Image } from '@qualm/types';
import type { ClassScores, Column } from '@qualm/types';
import type { ImageModel, Progress } from '@qualm/pipeline';
import { entropy, margin } from '@qualm/strategies';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explode, predict, rank, score } from '../src/index.ts';
import { loadToy, solid, toyScores, writeToy } from './toy-model.ts';

const colours: readonly (readonly [number, number, number])[] = [
  [255, 0, 0],
  [0, 200, 0],
  [10, 20, 30],
  [100, 100, 100],
];
const broken = Image.fromBytes(Uint8Array.of(1, 2, 3));
let model: ImageModel<'class_scores'>;
let images: Image[];

beforeAll(async () => {
  model = await loadToy(await writeToy());
  images = colours.map((colour) => solid(...colour));
});
afterAll(() => model.dispose());

describe('predict(table, model)', () => {
  it('adds detections, sizes and errors, and keeps the rest', async () => {
    const progress: Progress[] = [];
    const table = aq.table({ name: ['r', 'x', 'g'], image: [images[0], broken, images[1]] });
    const predicted = await predict(table, model, { onProgress: (at) => progress.push(at) });
    expect(predicted.columnNames()).toEqual(['name', 'image', 'width', 'height', 'detections', 'error']);
    expect(predicted.array('name')).toEqual(['r', 'x', 'g']);
    expect(predicted.array('width')).toEqual([20, null, 20]);
    expect(predicted.array('height')).toEqual([10, null, 10]);
    const detections = predicted.column('detections') as unknown as Column<ClassScores | null>;
    expect(detections).toBeInstanceOf(ClassScoresColumn);
    expect(detections.at(1)).toBe(null);
    expect(detections.at(2)!.at(0)!.label_ids[0]).toBe(2);
    expect(predicted.get('error', 1)).toMatchObject({ code: 'image-invalid' });
    expect(predicted.get('error', 0)).toBe(null);
    expect(progress.map(({ done }) => done)).toEqual([1, 2, 3]);
    expect(progress.at(-1)).toEqual({ done: 3, failed: 1, total: 3 });
  });

  it('makes a row with an error of what is not an image, and decodes bytes', async () => {
    const png = images[0]!.bytes!;
    const table = aq.table({ image_id: [1, 2, 3, 4], image: [images[0], null, png, { path: 'a.jpg' }] });
    const predicted = await predict(table, model);
    const found = predicted.column('detections') as unknown as Column<ClassScores | null>;
    expect(Array.from(found, (boxes) => boxes?.length ?? null)).toEqual([
      found.at(0)!.length,
      null,
      found.at(0)!.length,
      null,
    ]);
    expect((predicted.array('error') as ({ code: string } | null)[]).map((error) => error?.code ?? null)).toEqual([
      null,
      'image-missing',
      null,
      'image-invalid',
    ]);
  });

  it('follows the filter and the order of the table', async () => {
    const table = aq
      .table({ n: [0, 1, 2, 3], image: images })
      .filter((row: { n: number }) => row.n !== 2)
      .orderby(aq.desc('n'));
    const predicted = await predict(table, model);
    expect(predicted.array('n')).toEqual([3, 1, 0]);
    const labels = explode(predicted, 'detections', { labels: model.labels }).array('labels') as string[][];
    expect(labels.map(([first]) => first)).toEqual([expect.any(String), 'green', 'red']);
  });

  it('of no rows is a table of no rows', async () => {
    const predicted = await predict(aq.table({ image: [] }), model);
    expect(predicted.numRows()).toBe(0);
    expect(predicted.column('detections')).toBeInstanceOf(ClassScoresColumn);
  });

  it('in the form detections has a column of them', async () => {
    const detector = await loadToy(await writeToy(), { form: 'detections' });
    const predicted = await predict(aq.table({ image: images }), detector);
    expect(predicted.column('detections')).toBeInstanceOf(DetectionsColumn);
    await detector.dispose();
  });

  it('without a column "image" throws', async () => {
    await expect(predict(aq.table({ img: [1] }), model)).rejects.toThrow('no column "image", it has img');
  });
});

it('predict, explode, score and rank agree with the arithmetic of the toy', async () => {
  const predicted = await predict(aq.table({ id: [0, 1, 2, 3], image: images }), model);
  const scored = score(score(explode(predicted, 'detections'), entropy), margin);
  colours.forEach((colour, row) => {
    expect(scored.get('entropy', row)).toBeCloseTo(entropy(toyScores(...colour)), 5);
    expect(scored.get('margin', row)).toBeCloseTo(margin(toyScores(...colour)), 5);
  });
  expect(rank(scored, { by: margin, limit: 3 }).array('id')).toEqual([3, 2, 1]);
  expect(rank(scored, { by: entropy }).array('id')).toEqual([3, 2, 1, 0]);
});
