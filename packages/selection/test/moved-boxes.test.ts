import fc from 'fast-check';
import { expect, it } from 'vitest';
import { movedBoxes } from '../src/index.ts';
import { predictionsOf } from './predictions-of.ts';

const sure = [0.9, 0.05, 0.05];
const places = [
  [0, 0, 10, 10],
  [20, 30, 40, 50],
];
const source = predictionsOf([
  { id: 'a', boxes: [sure, sure], places },
  { id: 'failed', boxes: null },
  { id: 'b', boxes: [sure], places: [[1, 2, 3, 4]] },
]);

const boxOfPlace = ([xmin, ymin, xmax, ymax]: readonly number[]): Record<
  'xmin' | 'ymin' | 'xmax' | 'ymax',
  number
> => ({
  ...{ xmin: xmin!, ymin: ymin!, xmax: xmax!, ymax: ymax! },
});

it('movedBoxes(predictions, boxOf) compares boxes whose place is known, and gives the first that is elsewhere', async () => {
  const same = await movedBoxes(source, (id, at) => (id === 'a' ? boxOfPlace(places[at]!) : null));
  expect(same).toEqual({ compared: 2, moved: 0, first: null });
  const swapped = await movedBoxes(source, (id, at) => boxOfPlace(id === 'a' ? places[1 - at]! : [1, 2, 3, 4]));
  const first = { image_id: 'a', box_index: 0, was: boxOfPlace(places[1]!), is: boxOfPlace(places[0]!) };
  expect(swapped).toEqual({ compared: 3, moved: 2, first });
  expect(await movedBoxes(source, () => null)).toEqual({ compared: 0, moved: 0, first: null });
});

it('movedBoxes(predictions, boxOf) lets each edge differ by half a pixel', async () => {
  const edge = fc.double({ min: -2, max: 2, noNaN: true });
  const table = predictionsOf([{ id: 'a', boxes: [sure], places: [[8, 8, 16, 16]] }]);
  await fc.assert(
    fc.asyncProperty(fc.tuple(edge, edge, edge, edge), async (by) => {
      const box = boxOfPlace([8, 8, 16, 16].map((at, side) => at + by[side]!));
      const { moved } = await movedBoxes(table, () => box);
      expect(moved).toBe(
        by.some((pixels, side) => Math.abs([8, 8, 16, 16][side]! + pixels - [8, 8, 16, 16][side]!) > 0.5) ? 1 : 0,
      );
    }),
  );
});

it('movedBoxes(predictions, boxOf) stops by its signal', async () => {
  await expect(movedBoxes(source, () => null, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'aborted',
  });
});
