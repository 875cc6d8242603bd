import { BoxShapes, ClassScoresColumn, Mask } from '@qualm/types';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pageCells, rankPredictions, reportOf } from '../src/index.ts';
import { reportShape } from '../src/report/report-shape.ts';
import { simplifyRing } from '../src/report/simplify-ring.ts';
import { predictionsOf } from './predictions-of.ts';

const size = { width: 100, height: 100 };
const turned = { cx: 50, cy: 40, width: 20, height: 10, angle: 0 };

/** Two images of two boxes; the masks of the second box are larger. */
function predictions() {
  const scores = [
    [0.6, 0.4, 0],
    [0.9, 0.1, 0],
  ];
  const bare = predictionsOf([
    { id: 'a', boxes: scores },
    { id: 'b', boxes: scores },
  ]);
  const { detections } = bare.columns;
  const rows = [5, 30, 5, 30].map((side) => ({
    mask: Mask.fromPolygons([[10, 10, 10 + side, 10, 10 + side, 10 + side, 10, 10 + side]], size),
    rotated_box: turned,
  }));
  const shapes = BoxShapes.from(rows)!;
  const column = new ClassScoresColumn({ ...(detections as ClassScoresColumn), shapes });
  return { ...bare, shapes: shapes.kinds, columns: { ...bare.columns, detections: column } };
}

it('boxes that are drawn have what stands beside them', async () => {
  const { drawn } = await rankPredictions(predictions(), { limit: 0, images: 0, pictures: 1, minScore: 0.8 });
  expect(drawn[0]!.boxes.at(0)!.mask!.area).toBe(30 * 30);
  expect(drawn[0]!.boxes.at(0)!.rotated_box).toEqual(turned);
});

it.each(['box', 'image'] as const)('cells of a report by %s have what the page draws', async (by) => {
  const { pageCells: cells } = await reportOf(predictions(), {
    by,
    cells: 9,
    minScore: 0.5,
  });
  const boxes = cells[0]!.cell.boxes as readonly { score: number; shape: object }[];
  const least = boxes.find(({ score }) => score < 0.7)!;
  expect(least.shape).toEqual({ area: 'M15 10L15 15L10 15L10 10z', outline: 'M40 35L60 35L60 45L40 45z' });
  expect(pageCells([], by).cells).toEqual([]);
});

it('boxes of another model have what stands beside them', async () => {
  const { pageCells: cells } = await reportOf(predictions(), { by: 'image', cells: 1, against: predictions() });
  const drawn = cells[0]!.cell.boxes as readonly { layer: number; score: number; shape: object }[];
  const [own, others] = [0, 1].map((layer) => drawn.filter((box) => box.layer === layer));
  expect(others).toHaveLength(2);
  expect(others!.map(({ score, shape }) => [score, shape])).toEqual(own!.map(({ score, shape }) => [score, shape]));
});

it('reportShape(row) has the joints that the model is sure of, and lines between them', () => {
  const keypoints = new Float32Array(3 * 17);
  [5, 7, 9].forEach((joint, at) => keypoints.set([10 * at, 20, 0.9], 3 * joint));
  keypoints.set([NaN, 3, NaN], 0);
  expect(reportShape({ keypoints })).toEqual({ lines: 'M0 20L10 20M10 20L20 20', dots: 'M0 20h0M10 20h0M20 20h0' });
  expect(reportShape({ mask: Mask.fromRle([100 * 100], size) })).toEqual({});
});

it('simplifyRing(ring, distance) leaves out no corner that is farther away', () => {
  const corner = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }));
  fc.assert(
    fc.property(
      fc.array(corner, { maxLength: 40 }),
      fc.double({ min: 0, max: 5, noNaN: true }),
      (corners, distance) => {
        const kept = simplifyRing(corners.flat(), distance);
        expect(kept.length).toBeLessThanOrEqual(corners.length);
        for (const [x, y] of corners) {
          const away = kept.map(([fromX, fromY], at) => {
            const [toX, toY] = kept[(at + 1) % kept.length]!;
            const [right, down] = [toX - fromX, toY - fromY];
            const part = ((x - fromX) * right + (y - fromY) * down) / (right * right + down * down || 1);
            const along = Math.min(1, Math.max(0, part));
            return Math.hypot(x - fromX - along * right, y - fromY - along * down);
          });
          expect(Math.min(...away)).toBeLessThanOrEqual(distance + 1e-9);
        }
      },
    ),
  );
  const stairs = Array.from({ length: 40 }, (_, at) => [Math.ceil(at / 2), Math.floor(at / 2)]).flat();
  expect(simplifyRing([...stairs, 0, 30], 1).length).toBeLessThan(6);
});
