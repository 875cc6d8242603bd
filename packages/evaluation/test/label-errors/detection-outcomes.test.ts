import fc from 'fast-check';
import { expect, it } from 'vitest';
import { detectionConfusionTable, detectionOutcomes } from '../../src/index.ts';

const box = fc
  .tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 4 }))
  .map(([x, y, side]) => [x, y, x + side, y + side]);
const numClasses = 3;
const label = fc.integer({ min: 0, max: numClasses - 1 });
const boxes = <More>(more: fc.Arbitrary<More>) => fc.array(fc.tuple(box, label, more), { maxLength: 6 });
const image = fc.tuple(boxes(fc.constant(1)), boxes(fc.double({ min: 0, max: 1, noNaN: true })));

it('detectionOutcomes pairs each box once at most, both ways, and is what the table counts', () => {
  fc.assert(
    fc.property(fc.array(image, { minLength: 1, maxLength: 3 }), (images) => {
      const given = images.map(([rows]) => arraysOf(rows));
      const predicted = images.map(([, rows]) => arraysOf(rows));
      const outcomes = detectionOutcomes(given, predicted, { minScore: 0.4 });
      const counts = new Uint32Array((numClasses + 1) ** 2);
      const count = (row: number, column: number): void => void counts[row * (numClasses + 1) + column]!++;
      outcomes.forEach(({ found, drawn }, at) => {
        found.forEach((partner, i) => {
          count(given[at]!.labelIds[i]!, partner < 0 ? numClasses : predicted[at]!.labelIds[partner]!);
          if (partner >= 0) expect(drawn[partner]).toBe(i);
        });
        drawn.forEach((partner, j) => {
          if (partner === -1) count(numClasses, predicted[at]!.labelIds[j]!);
          if (partner >= 0) expect(found[partner]).toBe(j);
          expect(partner === -2).toBe(predicted[at]!.scores[j]! < 0.4);
        });
      });
      expect(counts).toEqual(detectionConfusionTable(given, predicted, numClasses, { minScore: 0.4 }).counts);
    }),
  );
});

function arraysOf(rows: readonly (readonly [number[], number, number])[]) {
  return {
    boxes: Float64Array.from(rows.flatMap(([sides]) => sides)),
    labelIds: rows.map(([, id]) => id),
    scores: rows.map(([, , score]) => score),
  };
}
