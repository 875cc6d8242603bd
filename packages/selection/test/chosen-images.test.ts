import { expect, it } from 'vitest';
import { rankAndReport, rankPredictions, reportOf } from '../src/index.ts';
import type { ChosenImages } from '../src/index.ts';
import { predictionsOf } from './predictions-of.ts';

const predictions = predictionsOf([
  {
    id: 'a',
    boxes: [
      [0.6, 0.4, 0],
      [0.9, 0.1, 0],
    ],
  },
  { id: 'b', boxes: [] },
  { id: 'c', boxes: null },
  { id: 'd', boxes: [[0.5, 0.3, 0.2]] },
  { id: 'e', boxes: [[0.4, 0.4, 0.2]] },
]);
const images = (...ids: readonly string[]): ChosenImages => ({
  hasImage: ({ image_id }) => ids.includes(String(image_id)),
});

it('rankPredictions(source, { only }) is the ranking of these images', async () => {
  const all = await rankPredictions(predictions);
  const chosen = await rankPredictions(predictions, { only: images('a', 'b', 'c', 'd') });
  const idsOf = (rows: Iterable<{ readonly image_id: string | number }>): unknown[] =>
    Array.from(rows, ({ image_id }) => image_id);
  expect(idsOf(all.images)).toEqual(['a', 'e', 'd', 'b', 'c']);
  expect(idsOf(chosen.images)).toEqual(['a', 'd', 'b', 'c']);
  expect(idsOf(chosen.boxes)).toEqual(['d', 'a', 'a']);
  expect(chosen.counts).toMatchObject({ images: 4, boxes: 3, failed: 1, withoutBoxes: 1 });
  const [first] = chosen.boxes;
  expect(first).toEqual({ ...[...all.boxes][1]!, rank: 1 });
});

it('boxes may be chosen one by one, and keep their places', async () => {
  const only: ChosenImages = { ...images('a', 'd'), hasBox: ({ image_id }, index) => image_id === 'd' || index === 1 };
  const { boxes } = await rankPredictions(predictions, { only });
  expect(Array.from(boxes, ({ image_id, box_index }) => [image_id, box_index])).toEqual([
    ['d', 0],
    ['a', 1],
  ]);
});

it.each(['box', 'image'] as const)('a report by %s says why each is there', async (by) => {
  const only: ChosenImages = {
    ...images('a', 'd'),
    reasonOf: ({ image_id }, index) => (image_id === 'a' ? `because of ${index}` : null),
  };
  const { pageCells } = await reportOf(predictions, { by, only });
  const reasons = pageCells.map(({ cell }) => [cell.imageId, cell.reason]);
  const ofA =
    by === 'image'
      ? [['a', 'because of null']]
      : [
          ['a', 'because of 0'],
          ['a', 'because of 1'],
        ];
  const ofD = [['d', undefined]];
  expect(reasons).toEqual(by === 'image' ? [...ofA, ...ofD] : [...ofD, ...ofA]);
});

it('a ranking and its report are of the same images', async () => {
  const { ranking, report } = await rankAndReport(predictions, { only: images('e'), report: { by: 'image' } });
  expect(ranking.images.length).toBe(1);
  expect(report!.cells.map(({ image }) => image.image_id)).toEqual(['e']);
});

it('says that none of the images is there, and what a choice is', async () => {
  await expect(rankPredictions(predictions, { only: images('x') })).rejects.toMatchObject({
    code: 'options-invalid',
    message: expect.stringContaining('only: none of the images of predictions in memory is chosen') as string,
  });
  const wrong = new Set(['a']) as unknown as ChosenImages;
  await expect(rankPredictions(predictions, { only: wrong })).rejects.toThrow('only');
  await expect(reportOf(predictions, { only: wrong })).rejects.toThrow(RangeError);
});
