import fc from 'fast-check';
import { aggregate, entropy, margin, maximum, mean, topRows } from '@qualm/strategies';
import { describe, expect, it } from 'vitest';
import { rankAndReport, rankingNotes, rankPredictions, reportOf } from '../src/index.ts';
import { predictionsOf } from './predictions-of.ts';
import type { TestImage } from './predictions-of.ts';

const sure = [0.875, 0.125, 0];
const open = [0.5, 0.375, 0.125];
const faint = [0.125, 0.0625, 0];

const images: readonly TestImage[] = [
  { id: 'sure', boxes: [sure] },
  { id: 'none', boxes: [faint] },
  { id: 'broken', boxes: null },
  { id: 'open', boxes: [faint, open, sure] },
];

describe('rankPredictions(source, options)', () => {
  it('gives the boxes and the images that come first, with what ranked them in words', async () => {
    const { boxes, images: ranked, choice, counts, failures } = await rankPredictions(predictionsOf(images));
    expect(Array.from(boxes, ({ rank, image_id, box_index, value }) => [rank, image_id, box_index, value])).toEqual([
      [1, 'open', 1, 0.125],
      [2, 'open', 2, 0.75],
      [3, 'sure', 0, 0.75],
    ]);
    expect(Array.from(ranked, ({ image_id, value }) => [image_id, value])).toEqual([
      ['open', 0.875 + 0.25],
      ['sure', 0.25],
      ['none', NaN],
      ['broken', NaN],
    ]);
    expect(boxes.at(0)).toMatchObject({ label: 'cat', score: 0.5, second_label: 'dog', second_score: 0.375 });
    expect(choice.imageWords).toBe('the sum of 1 - margin over its boxes: which of the two best classes is it?');
    expect(counts).toEqual({ images: 4, failed: 1, boxes: 3, belowMinScore: 2, withoutBoxes: 1, notANumber: 0 });
    expect(failures).toEqual([{ image_id: 'broken', code: 'image-invalid', message: 'broken' }]);
  });

  it.each([
    ['first', ['none', 'open', 'sure', 'broken'], NaN],
    ['last', ['open', 'sure', 'none', 'broken'], NaN],
    [1, ['open', 'none', 'sure', 'broken'], 1],
  ] as const)('puts images without a box as empty: %s says', async (empty, order, value) => {
    const { images: ranked } = await rankPredictions(predictionsOf(images), { empty });
    expect(Array.from(ranked, ({ image_id }) => image_id)).toEqual(order);
    expect(Array.from(ranked).find(({ image_id }) => image_id === 'none')!.value).toEqual(value);
    const { cells } = await reportOf(predictionsOf(images), { by: 'image', empty });
    expect(cells.map(({ image }) => image.image_id)).toEqual(order);
  });

  it('keeps the boxes of the images to draw as class scores, with names and places among the stored ones', async () => {
    const { drawn } = await rankPredictions(predictionsOf(images), { pictures: 1 });
    const { boxes, deciding } = drawn[0]!;
    expect([boxes.form, boxes.length, [...boxes.places], deciding]).toEqual(['class_scores', 2, [1, 2], 0]);
    expect([boxes.best(0), boxes.runnerUp(0)].map((one) => [boxes.nameOf(one!.label_id), one!.score])).toEqual([
      ['cat', 0.5],
      ['dog', 0.375],
    ]);
    expect(boxes.nameOf(9)).toBe('9');
  });

  it('lists as many rows as are asked for', async () => {
    const { boxes, images: ranked } = await rankPredictions(predictionsOf(images), { limit: 1, images: 2 });
    expect([boxes.length, ranked.length]).toEqual([1, 2]);
    expect(Object.keys(boxes.columns())).toEqual(Object.keys(boxes.types));
    expect(boxes.columns()).toMatchObject({ rank: [1], margin: [0.125] });
  });

  it('ranks by any strategy and aggregation as these do by themselves', async () => {
    const scores = fc.tuple(fc.nat(8), fc.nat(8), fc.nat(8)).map((three) => three.map((n) => (n + 1) / 32));
    const image = fc.array(scores, { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(image, { minLength: 1, maxLength: 8 }), async (all) => {
        const table = predictionsOf(all.map((boxes, at) => ({ id: String(at), boxes })));
        const ranking = await rankPredictions(table, { strategy: entropy, aggregate: mean, minScore: 0 });
        const values = all.flat().map((one) => entropy.score([...one].sort((a, b) => b - a)));
        const ids = all.flatMap((boxes, at) => boxes.map(() => String(at)));
        const first = Array.from(topRows(values, 'descending', { ids }), (row) => values[row]!);
        Array.from(ranking.boxes, ({ value }, at) => expect(value).toBeCloseTo(first[at]!, 12));
        const { offsets } = table.columns.detections;
        const ofImages = aggregate({ name: 'x', order: 'descending', values }, offsets, mean, { empty: 0 }).values;
        for (const { image_id, value, boxes } of ranking.images)
          if (boxes > 0) expect(value).toBeCloseTo(ofImages[Number(image_id)]!, 12);
      }),
    );
  });

  it('says what the user should know, with the names of options that it is given', async () => {
    const ranking = await rankPredictions(predictionsOf(images, { scoreKind: 'independent' }), { strategy: margin });
    const notes = rankingNotes(ranking);
    expect(notes[0]).toContain('the faintest boxes come first');
    expect(notes).toContain('2 boxes below 0.2 (minScore) are not counted');
    expect(notes).toContain('1 image has no box of 0.2 or more and comes last (empty)');
  });

  it('throws what cannot be ranked as QualmErrors that name no flag', async () => {
    const nothing = { name: 'nothing', order: 'descending', score: () => NaN } as const;
    await expect(rankPredictions(predictionsOf(images), { strategy: nothing })).rejects.toMatchObject({
      code: 'options-invalid',
      message: 'strategy: nothing gives NaN for 3 boxes, a number for none; nothing can be ranked',
    });
    const aborted = rankPredictions(predictionsOf(images), { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    await expect(reportOf(predictionsOf(images), { byDisagreement: true })).rejects.toMatchObject({
      code: 'options-invalid',
    });
  });
});

describe('rankAndReport(source, options)', () => {
  it('reads predictions once, and ranks list and cells alike', async () => {
    let reads = 0;
    const table = predictionsOf(images);
    const columns = Object.defineProperty({ ...table.columns }, 'detections', {
      get: () => (reads++, table.columns.detections),
    });
    const counted = { ...table, columns };
    await rankPredictions(counted, { images: 0 });
    const ofRanking = reads;
    reads = 0;
    const { ranking, report } = await rankAndReport(counted, { images: 0, report: { by: 'box' } });
    // A look for the cells' boxes, and none for a second reading of the rest.
    expect(reads).toBeLessThan(2 * ofRanking);
    expect(report!.cells.map(({ image, box }) => [image.image_id, box!.place])).toEqual(
      Array.from(ranking.boxes, ({ image_id, box_index }) => [image_id, box_index]),
    );
  });
});

describe('reportOf(source, options)', () => {
  it('gives each box its own numbers and its class vector', async () => {
    const { cells, pageOptions } = await reportOf(predictionsOf(images), { by: 'image', aggregate: maximum, cells: 2 });
    const cell = cells.find(({ image }) => image.image_id === 'open')!;
    expect(cell.image.boxes.map(({ place, scores, labelIds }) => [place, [...scores], [...labelIds]])).toEqual([
      [1, [0.5, 0.375, 0.125], [1, 2, 3]],
      [2, [0.875, 0.125, 0], [1, 2, 3]],
    ]);
    const names = pageOptions.strategies.map(({ name }) => name);
    expect(names).toEqual(['margin', 'entropy', 'leastConfidence']);
    expect(cell.image.boxes[0]!.values).toEqual([0.125, expect.closeTo(entropy.score(open), 9), 0.5]);
    expect(cell.values).toEqual([0.75, expect.closeTo(entropy.score(open), 9), 0.5]);
    expect(cell.deciding.map(({ box }) => box.place)).toEqual([2, 1, 1]);
  });

  it('compares with what another model found', async () => {
    const against = predictionsOf([{ id: 'open', boxes: [faint, open] }]);
    const { cells, pageOptions } = await reportOf(predictionsOf(images), { byDisagreement: true, against });
    expect(pageOptions.about).toBe('ranked by disagreement (largest first): where do the models differ?');
    expect(pageOptions.layers).toHaveLength(2);
    expect(cells.map(({ image, box, values }) => [image.image_id, box!.place, values[0]])).toEqual([
      ['open', 2, 1],
      ['sure', 0, 1],
      ['open', 1, 0],
    ]);
  });
});
