import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Box2d } from '../src/index.ts';
import { iouOfBoxes, iouOfEdges } from '../src/rows/index.ts';

type Edges = readonly [number, number, number, number];

const edges = fc
  .tuple(fc.nat(40), fc.nat(40), fc.nat(20), fc.nat(20))
  .map(([xmin, ymin, width, height]): Edges => [xmin / 4, ymin / 4, (xmin + width) / 4, (ymin + height) / 4]);

it('iouOfEdges(...) is what Box2d.iou and iouOfBoxes give', () => {
  fc.assert(
    fc.property(edges, edges, (first, second) => {
      const iou = iouOfEdges(...first, ...second);
      expect(new Box2d(...first).iou(new Box2d(...second))).toBe(iou);
      expect(iouOfBoxes(Float64Array.of(9, 9, 9, 9, ...first), 1, Float64Array.of(...second), 0)).toBe(iou);
    }),
  );
});

it.each<[string, Edges, Edges, number]>([
  ['boxes that only touch', [0, 0, 1, 1], [1, 0, 2, 1], 0],
  ['areas that are too small for a number', [0, 0, 1e-200, 1e-200], [0, 0, 1e-200, 1e-200], 0],
  ['areas that are too large for a number', [0, 0, 1e200, 1e200], [0, 0, 1e200, 1e200], 0],
  ['a box with NaN', [0, 0, NaN, 1], [0, 0, 1, 1], NaN],
  ['a box in another', [0, 0, 2, 2], [0, 0, 1, 2], 0.5],
])('iouOfEdges of %s', (_, first, second, iou) => {
  expect(iouOfEdges(...first, ...second)).toBe(iou);
});
