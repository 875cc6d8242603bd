import { margin } from '@qualm/strategies';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportOf } from '../src/index.ts';
import { predictionsOf } from './predictions-of.ts';
import type { TestImage } from './predictions-of.ts';

const names = ['cat', 'dog', 'bear'];

interface Found {
  readonly sides: readonly [number, number, number, number];
  readonly scores: readonly number[];
}

/** Scores of 32 bits, as they are stored. */
const score = fc.integer({ min: 1, max: 99 }).map((value) => Math.fround(value / 100));
const found = fc
  .tuple(fc.nat(30), fc.nat(30), fc.integer({ min: 8, max: 30 }), fc.integer({ min: 8, max: 30 }), score, score, score)
  .map(([x, y, width, height, ...scores]): Found => ({ sides: [x, y, x + width, y + height], scores }))
  .filter(({ scores }) => new Set(scores).size === 3 && Math.max(...scores) >= 0.2);
const image = fc.tuple(fc.array(found, { maxLength: 6 }), fc.option(fc.array(found, { maxLength: 6 })));
const images = fc.array(image, { minLength: 1, maxLength: 4 });

const testImage = (id: number, boxes: readonly Found[] | null): TestImage => ({
  id: `image-${id}`,
  boxes: boxes && boxes.map(({ scores }) => scores),
  places: (boxes ?? []).map(({ sides }) => sides),
});

const classOf = ({ scores }: Found): number => scores.indexOf(Math.max(...scores));

function overlap(one: Found, two: Found): number {
  const [a, b] = [one.sides, two.sides];
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const area = ([x0, y0, x1, y1]: Found['sides']): number => (x1 - x0) * (y1 - y0);
  return (width * height) / (area(a) + area(b) - width * height);
}

/** The definition, without the code under test: again and again the best pair that is left, one
 * class before two, then the largest overlap, then the first boxes.
 */
function pairsByHand(first: readonly Found[], second: readonly Found[]): [number, number][] {
  const [free, taken] = [new Set(first.keys()), new Set<number>()];
  const pairs: [number, number][] = [];
  for (;;) {
    let best: { readonly rank: readonly number[]; readonly pair: [number, number] } | null = null;
    for (const one of free)
      for (const two of second.keys()) {
        if (taken.has(two)) continue;
        const iou = overlap(first[one]!, second[two]!);
        if (iou < 0.5) continue;
        const rank = [classOf(first[one]!) === classOf(second[two]!) ? 1 : 0, iou, -one, -two];
        const at = best ? rank.findIndex((part, place) => part !== best!.rank[place]) : 0;
        if (!best || (at >= 0 && rank[at]! > best.rank[at]!)) best = { rank, pair: [one, two] };
      }
    if (!best) return pairs.sort(([a], [b]) => a - b);
    free.delete(best.pair[0]);
    taken.add(best.pair[1]);
    pairs.push(best.pair);
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const marginsOf = (boxes: readonly Found[]): number[] => boxes.map(({ scores }) => margin(scores));

describe('reportOf(source, { against })', () => {
  it('has the pairs, numbers and counts that the definition gives', async () => {
    await fc.assert(
      fc.asyncProperty(images, async (all) => {
        const own = predictionsOf(all.map(([first], id) => testImage(id, first)));
        const against = predictionsOf(all.map(([, second], id) => testImage(id, second)));
        const { cells, pageOptions } = await reportOf(own, { by: 'image', against, strategy: margin });
        const known = all.filter(([, second]) => second !== null) as [Found[], Found[]][];
        const pairs = known.map(([first, second]) => pairsByHand(first, second));
        all.forEach(([first, second], id) => {
          const cell = cells.find(({ image: of }) => of.image_id === `image-${id}`)!;
          expect(second === null ? null : pairsByHand(first, second)).toEqual(
            cell.image.pairs?.toSorted(([a], [b]) => a - b) ?? null,
          );
          // By image, margins are summed as 1 less the margin of each box.
          const sum = marginsOf(second ?? []).reduce((total, value) => total + 1 - value, 0);
          expect(cell.otherValues![0]).toEqual(second?.length ? expect.closeTo(sum, 9) : NaN);
        });
        const numPairs = pairs.flat().length;
        const agreed = pairs.flatMap((list, at) =>
          list.filter(([one, two]) => classOf(known[at]![0][one]!) === classOf(known[at]![1][two]!)),
        ).length;
        const { classes, ...counts } = pageOptions.comparison!;
        expect(counts).toEqual({
          ...{ images: known.length, notCompared: all.length - known.length },
          ...{ agreed, differently: numPairs - agreed },
          onlyFirst: known.flatMap(([first]) => first).length - numPairs,
          onlySecond: known.flatMap(([, second]) => second).length - numPairs,
        });
        for (const { name, boxes, means } of classes)
          [0, 1].forEach((model) => {
            const ofClass = known.flatMap((both) => both[model]!).filter((one) => names[classOf(one)] === name);
            expect(boxes[model]).toBe(ofClass.length);
            const expected = mean(marginsOf(ofClass));
            expect(means[0]![model]).toEqual(ofClass.length > 0 ? expect.closeTo(expected, 9) : NaN);
          });
      }),
      { numRuns: 150 },
    );
  });

  it('says of a box what the other model says of its partner', async () => {
    await fc.assert(
      fc.asyncProperty(images, async (all) => {
        const own = predictionsOf(all.map(([first], id) => testImage(id, first)));
        const against = predictionsOf(all.map(([, second], id) => testImage(id, second)));
        fc.pre(all.some(([first]) => first.length > 0));
        const { cells, pageCells } = await reportOf(own, { against, strategy: margin });
        cells.forEach(({ image: { image_id, pairs }, box, otherValues }, at) => {
          const [first, second] = all[Number(String(image_id).slice(6))]!;
          const partner = second && pairsByHand(first, second).find(([one]) => one === box!.place)?.[1];
          expect(pairs ?? null).toEqual(second && (partner === undefined ? [] : [[box!.place, partner]]));
          expect(otherValues![0]).toBe(partner == null ? NaN : margin(second![partner]!.scores));
          const { pairs: drawn, boxes } = pageCells[at]!.cell;
          if (partner != null) {
            const [one, two] = drawn![0]!;
            expect([boxes![one], boxes![two]]).toMatchObject([
              {
                layer: 0,
                xmin: first[box!.place]!.sides[0],
                score: expect.closeTo(Math.max(...first[box!.place]!.scores)),
              },
              {
                layer: 1,
                xmin: second![partner]!.sides[0],
                score: expect.closeTo(Math.max(...second![partner]!.scores)),
              },
            ]);
          }
        });
      }),
      { numRuns: 100 },
    );
  });

  it('of a model and itself agrees in all, number by number', async () => {
    const twice = predictionsOf([
      {
        id: 'a',
        boxes: [
          [0.6, 0.5, 0.1],
          [0.3, 0.2, 0.1],
        ],
      },
      { id: 'b', boxes: [] },
    ]);
    const { cells, pageOptions } = await reportOf(twice, { by: 'image', against: twice });
    const [{ values, otherValues }] = cells as [(typeof cells)[0]];
    // As exact as the page has them: rows one by one add up in another order than all at once.
    const exact = (list: readonly number[]): string[] => list.map((value) => value.toPrecision(9));
    expect(exact(otherValues!)).toEqual(exact(values.slice(0, 3)));
    expect(pageOptions.strategies.map(({ name, compared = false }) => [name, compared])).toEqual([
      ['marginUncertainty', true],
      ['entropy', true],
      ['leastConfidence', true],
      ['disagreement', false],
    ]);
    expect(pageOptions.comparison).toMatchObject({ images: 2, agreed: 2, differently: 0, onlyFirst: 0, onlySecond: 0 });
  });

  it('warns where the numbers of both do not mean the same', async () => {
    const images = [{ id: 'a', boxes: [[0.6, 0.5, 0.1]] }];
    const against = predictionsOf(images, { scoreKind: 'independent' });
    const { warnings } = await reportOf(predictionsOf(images), { against });
    expect(warnings).toEqual([expect.stringMatching(/distribution scores and .* independent scores: the difference/)]);
  });
});
