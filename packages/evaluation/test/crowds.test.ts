import { readFileSync } from 'node:fs';
import { Box2d } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import {
  averagePrecision,
  boxErrorEvidence,
  detectionConfusionTable,
  detectionOutcomes,
  detectionMistakenness,
  labelledBoxes,
  matchDetections,
  overlookedScores,
} from '../src/index.ts';
import type { LabelledBoxes, PredictedBoxes } from '../src/index.ts';

type Side = readonly [label: number, x: number, y: number, width: number, height: number];
type Found = readonly [label: number, score: number, x: number, y: number, width: number, height: number];

interface Fixture {
  readonly images: readonly {
    readonly id: number;
    readonly given: readonly Side[];
    readonly crowds: readonly Side[];
    readonly predicted: readonly Found[];
  }[];
  readonly byClass: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly ap50: number;
  readonly hits: readonly (readonly number[])[];
  readonly hitsOfAnyClass: readonly (readonly number[])[];
}

const { images, byClass, ap50, hits, hitsOfAnyClass } = JSON.parse(
  readFileSync(new URL('../fixtures/crowds/crowds.json', import.meta.url), 'utf8'),
) as Fixture;

const corners = (x: number, y: number, width: number, height: number): number[] => [x, y, x + width, y + height];
const boxesOf = (sides: readonly Side[]): LabelledBoxes => ({
  boxes: Float64Array.from(sides.flatMap(([, ...side]) => corners(...side))),
  labelIds: sides.map(([label]) => label),
});
const ids = images.map(({ id }) => id);
const given = images.map((image) => ({ ...boxesOf(image.given), crowds: boxesOf(image.crowds) }));
const predicted = images.map((image): PredictedBoxes => ({
  ...boxesOf(image.predicted.map(([label, , ...side]) => [label, ...side] as const)),
  scores: image.predicted.map(([, score]) => score),
}));

describe('with crowds, as pycocotools counts', () => {
  it.each(['0.5', '0.75', '0.95'])(
    'averagePrecision(given, predicted, { minIou: %s, ids }) of each class',
    (minIou) => {
      const { classes } = averagePrecision(given, predicted, { minIou: Number(minIou), ids });
      for (const { label_id, averagePrecision: found } of classes)
        expect(found).toBeCloseTo(byClass[minIou]![label_id]!, 12);
      expect(classes).toHaveLength(4);
    },
  );

  it('averagePrecision(given, predicted, { ids }) does not depend on the order of the images', () => {
    const { mean } = averagePrecision(given, predicted, { ids });
    expect(mean).toBeCloseTo(ap50, 12);
    const reversed = averagePrecision(given.toReversed(), predicted.toReversed(), { ids: ids.toReversed() });
    expect(reversed.mean).toBe(mean);
  });

  it('matchDetections says of each box whether it is a hit, none, or in a crowd', () => {
    expect(matchDetections(given, predicted).map((ofImage) => [...ofImage])).toEqual(hits);
    expect(hits.flat().filter((hit) => hit === 2).length).toBeGreaterThan(10);
  });

  it('detectionMistakenness finds what nobody drew outside of crowds of whatever class', () => {
    const missing = given.map((image, at) => detectionMistakenness(image, predicted[at]!, { minScore: -1 }));
    const wanted = hitsOfAnyClass.map((ofImage) => ofImage.flatMap((hit, box) => (hit === 0 ? [box] : [])));
    expect(missing.map(({ possibleMissing }) => [...possibleMissing])).toEqual(wanted);
  });

  it('averagePrecision refuses other ids than one for each image', () => {
    expect(() => averagePrecision(given, predicted, { ids: [1] })).toThrow('1 ids for 31 rows');
  });
});

describe('of a crowd over the whole image and one object in it', () => {
  const image = labelledBoxes([
    { bbox: new Box2d(0, 0, 100, 100), label_id: 0, iscrowd: true },
    { bbox: new Box2d(10, 10, 30, 50), label_id: 0 },
  ]);
  const found: PredictedBoxes = {
    boxes: Float64Array.of(10, 10, 30, 50, 60, 60, 90, 90, 60, 60, 90, 95),
    labelIds: [0, 0, 1],
    scores: [0.99, 0.98, 0.97],
  };

  it('the box on the object is a hit, and others of the class count neither way', () => {
    expect(matchDetections([image], [found])).toEqual([Uint8Array.of(1, 2, 0)]);
    expect(averagePrecision([image], [found]).mean).toBe(1);
  });

  it('no box was found for nothing, whatever its class, and none of the class was overlooked', () => {
    expect([...detectionConfusionTable([image], [found], 2).counts]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(detectionOutcomes([image], [found])).toEqual([{ found: Int32Array.of(0), drawn: Int32Array.of(0, -2, -2) }]);
    const [scores] = overlookedScores([image], [found]);
    expect([Number.isNaN(scores![1]), Number.isNaN(scores![2])]).toEqual([true, false]);
  });

  it('what is found in a crowd of its class says nothing against an object of another', () => {
    const other = { ...image, labelIds: [1] };
    const [evidence] = boxErrorEvidence('swapped', [other], [found]);
    expect(evidence).toMatchObject({ scores: Float64Array.of(1), found: Int32Array.of(-1) });
  });
});
