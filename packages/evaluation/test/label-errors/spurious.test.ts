import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxErrorEvidence, spuriousScores } from '../../src/index.ts';

type Sides = readonly [xmin: number, ymin: number, xmax: number, ymax: number];
type Drawn = { readonly box: Sides; readonly label: number };
type Found = Drawn & { readonly score: number };
type Image = { readonly given: readonly Drawn[]; readonly predicted: readonly Found[] };

const columns = <Box extends Drawn>(boxes: readonly Box[]) => ({
  boxes: Float64Array.from(boxes.flatMap(({ box }) => box)),
  labelIds: boxes.map(({ label }) => label),
});
const given = (images: readonly Image[]) => images.map((image) => columns(image.given));
const predicted = (images: readonly Image[]) =>
  images.map((image) => ({ ...columns(image.predicted), scores: image.predicted.map(({ score }) => score) }));
const scoresOf = (images: readonly Image[], options = {}): number[][] =>
  spuriousScores(given(images), predicted(images), options).map((scores) => [...scores]);

const sides = fc
  .tuple(fc.nat({ max: 90 }), fc.nat({ max: 90 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }))
  .map(([x, y, width, height]): Sides => [x, y, x + width, y + height]);
const score = fc.double({ min: 0, max: 1, noNaN: true });
const found = fc.record({ box: sides, label: fc.nat({ max: 2 }), score });
const image = fc.record({ given: fc.array(found, { maxLength: 5 }), predicted: fc.array(found, { maxLength: 6 }) });
const images = fc.array(image, { maxLength: 4 });
/** More than are counted as of one size, of areas that all differ. */
const many = fc.infiniteStream(image).map((stream): Image[] => {
  let side = 10;
  return [...stream.take(60)].map((one) => ({
    ...one,
    given: one.given.map(({ box: [x, y], label }) => ({ label, box: [x, y, x + side, y + (side += 0.37)] as const })),
  }));
});

/** The definition, label by label. */
function byDefinition(all: readonly Image[]): number[][] {
  const labels = all.flatMap(({ given: drawn, predicted: boxes }) =>
    drawn.map(({ box, label }) => ({
      label,
      area: (box[2] - box[0]) * (box[3] - box[1]),
      evidence: Math.max(0, ...boxes.map((one) => Math.sqrt(one.score * iou(one.box, box)))),
      missed: boxes.some((one) => one.score > 0.5 && iou(one.box, box) >= 0.5) ? 0 : 1,
    })),
  );
  const bySize = [...labels].sort((one, two) => one.area - two.area);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const ofSize = new Map(
    labels.map((one) => {
      const rank = bySize.indexOf(one);
      const first = Math.max(0, Math.min(rank - 30, labels.length - 60));
      return [one, mean(bySize.slice(first, first + 60).map(({ missed }) => missed))];
    }),
  );
  const scores = labels.map((one) => {
    const ofClass = labels.filter(({ label }) => label === one.label);
    const missed = 5 + ofClass.filter((other) => other.missed).length;
    const expected = 5 + ofClass.reduce((sum, other) => sum + ofSize.get(other)!, 0);
    return 1 - (1 - one.evidence) * (1 - Math.min(1, (ofSize.get(one)! * missed) / expected));
  });
  return all.map(({ given: drawn }) => scores.splice(0, drawn.length));
}

function iou(one: Sides, two: Sides): number {
  const width = Math.max(0, Math.min(one[2], two[2]) - Math.max(one[0], two[0]));
  const height = Math.max(0, Math.min(one[3], two[3]) - Math.max(one[1], two[1]));
  const area = ([xmin, ymin, xmax, ymax]: Sides): number => (xmax - xmin) * (ymax - ymin);
  return (width * height) / (area(one) + area(two) - width * height);
}

const near = (values: readonly (readonly number[])[]): unknown[][] =>
  values.map((scores) => scores.map((value) => expect.closeTo(value, 9) as unknown));

describe('spuriousScores(given, predicted)', () => {
  const cat = { box: [0, 0, 50, 50], label: 0 } as const;
  const sure: Image = { given: [cat], predicted: [{ ...cat, score: 0.9 }] };
  const rest = Array<Image>(8).fill(sure);

  it('is low for a label where a model that finds its like finds nothing', () => {
    const all = scoresOf([...rest, { given: [cat], predicted: [] }]);
    // One label of nine is missed; its class is all labels: no correction.
    expect(all.at(-1)).toEqual([expect.closeTo(1 / 9, 12)]);
    expect(all[0]![0]).toBeCloseTo(1 - (1 - Math.sqrt(0.9)) * (8 / 9), 12);
  });

  it('is higher the more is found there, of whatever label', () => {
    const at = (faint: number): number =>
      scoresOf([...rest, { given: [cat], predicted: [{ ...cat, label: 1, score: faint }] }]).at(-1)![0]!;
    expect(at(0.01)).toBeLessThan(at(0.04));
    expect(at(0.04)).toBeCloseTo(1 - (1 - 0.2) * (8 / 9), 12);
  });

  it('says nothing of labels that the model misses in any case', () => {
    const missed: Image = { given: [cat], predicted: [] };
    expect(scoresOf([missed, missed])).toEqual([[1], [1]]);
    // Those of another class are found, at that size.
    const dog: Image = { given: [{ ...cat, label: 1 }], predicted: [] };
    expect(scoresOf([...rest, dog, dog, dog]).at(-1)![0]).toBeGreaterThan(scoresOf([...rest, missed]).at(-1)![0]!);
  });

  it('is what the definition says, for few labels and for many', () => {
    fc.assert(fc.property(images, (all) => void expect(scoresOf(all)).toEqual(near(byDefinition(all)))));
    fc.assert(
      fc.property(many, (all) => void expect(scoresOf(all)).toEqual(near(byDefinition(all)))),
      { numRuns: 20 },
    );
  });

  it('lies in 0..1, changes nothing, and follows images and boxes into another order', () => {
    fc.assert(
      fc.property(images, (all) => {
        const before = structuredClone(all);
        const scores = scoresOf(all);
        expect(all).toEqual(before);
        for (const value of scores.flat()) expect(value >= 0 && value <= 1).toBe(true);
        const turned = all.toReversed().map((one) => ({ ...one, given: one.given.toReversed() }));
        const back = scoresOf(turned).map((ofImage) => ofImage.toReversed());
        expect(back.toReversed()).toEqual(near(scores));
      }),
    );
  });

  it('comes with the found box that speaks for a label most, and without one where nothing does', () => {
    const faint = { ...cat, label: 1, score: 0.1 };
    const all = [...rest, { given: [cat], predicted: [{ ...faint, score: 0.05 }, faint] }, { ...sure, predicted: [] }];
    const evidence = boxErrorEvidence('spurious', given(all), predicted(all));
    expect(evidence.map(({ found: [place] }) => place)).toEqual([...rest.map(() => 0), 1, -1]);
    expect(evidence.map(({ scores }) => [...scores])).toEqual(scoresOf(all));
  });
});
