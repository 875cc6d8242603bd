import type { ReportBox } from '@qualm/report';
import { margin } from '@qualm/strategies';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportOf } from '../src/index.ts';
import { predictionsOf } from './predictions-of.ts';
import { classOf, images, names, pairsByHand, testImage } from './two-models.ts';
import type { Found } from './two-models.ts';

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

  it.each([
    ['leaves out', (index: number) => index !== 0, { agreed: 1, onlySecond: 1, leftOut: 1 }, [1, 2]],
    ['asks for', (index: number) => index === 0, { agreed: 1, onlySecond: 0, leftOut: 2 }, [1, 1]],
  ] as const)('leaves out of the totals, on both sides, what a list %s', async (_, isIn, wanted, boxes) => {
    const [cat, at] = [[0.9, 0.05, 0.05], (x: number) => [x, 0, x + 8, 8]];
    const own = predictionsOf([{ id: 'a', boxes: [cat, cat], places: [at(0), at(20)] }]);
    const against = predictionsOf([{ id: 'a', boxes: [cat, cat, cat], places: [at(0), at(20), at(50)] }]);
    const only = { hasImage: () => true, hasBox: (__: unknown, index: number) => isIn(index) };
    const { pageOptions, pageCells } = await reportOf(own, { against, only, minScore: 0 });
    const { classes, ...counts } = pageOptions.comparison!;
    expect(counts).toEqual({ images: 1, notCompared: 0, differently: 0, onlyFirst: 0, ...wanted });
    expect(classes.map((one) => one.boxes)).toEqual([boxes]);
    // The page has as many cells.
    expect(pageCells.map(({ cell }) => cell.layer ?? 0)).toEqual(wanted.onlySecond === 1 ? [0, 1] : [0]);
  });

  it('has nothing of what a list of boxes leaves out, on either side, in images either', async () => {
    await fc.assert(
      fc.asyncProperty(images, fc.func(fc.boolean()), async (all, isIn) => {
        const own = predictionsOf(all.map(([first], id) => testImage(id, first)));
        const against = predictionsOf(all.map(([, second], id) => testImage(id, second)));
        const isChosen = (image: number, index: number): boolean => isIn(image, index);
        const numberOf = (id: string | number): number => Number(String(id).slice(6));
        const only = {
          hasImage: () => true,
          hasBox: ({ image_id }: { image_id: string | number }, index: number) => isChosen(numberOf(image_id), index),
        };
        const { cells, pageCells } = await reportOf(own, { by: 'image', against, only, strategy: margin });
        cells.forEach(({ image: { image_id }, otherValues, values }, at) => {
          const id = numberOf(image_id);
          const [first, second] = all[id]!;
          const pairs = second ? pairsByHand(first, second) : [];
          const kept = (second ?? []).filter((_, row) => {
            const pair = pairs.find(([, other]) => other === row);
            return isChosen(id, pair ? pair[0] : -1);
          });
          const { boxes, pairs: drawn } = pageCells[at]!.cell;
          const seen = (boxes as readonly ReportBox[]).filter(({ layer }) => layer === 1);
          expect(seen.map(({ xmin, ymin, xmax, ymax }) => String([xmin, ymin, xmax, ymax])).sort()).toEqual(
            kept.map(({ sides }) => String(sides)).sort(),
          );
          const chosen = pairs.filter(([one]) => isChosen(id, one));
          if (second) expect(drawn).toHaveLength(chosen.length);
          const lone = first.filter((_, one) => isChosen(id, one) && !pairs.some(([other]) => other === one)).length;
          const differently = chosen.filter(([one, two]) => classOf(first[one]!) !== classOf(second![two]!)).length;
          if (second) expect(values.at(-1)).toBe(lone + kept.length - chosen.length + differently);
          const sum = marginsOf(kept).reduce((total, value) => total + 1 - value, 0);
          expect(otherValues![0]).toEqual(kept.length > 0 ? expect.closeTo(sum, 9) : NaN);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('says of a box what the other model says of its partner', async () => {
    await fc.assert(
      fc.asyncProperty(images, async (all) => {
        const own = predictionsOf(all.map(([first], id) => testImage(id, first)));
        const against = predictionsOf(all.map(([, second], id) => testImage(id, second)));
        fc.pre(all.some(([first]) => first.length > 0));
        const { cells, pageCells } = await reportOf(own, { against, strategy: margin });
        cells.forEach(({ image: { image_id, pairs }, box, other, otherValues }, at) => {
          if (other) return;
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
