import { entropy, leastConfidence, margin } from '@qualm/strategies';
import type { ReportBox, ReportCell } from '@qualm/report';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportOf } from '../src/index.ts';
import type { ReportContents } from '../src/index.ts';
import { predictionsOf } from './predictions-of.ts';
import { classOf, images, names, overlap, pairsByHand, testImage } from './two-models.ts';
import type { Found } from './two-models.ts';

type Both = readonly (readonly [first: readonly Found[], second: readonly Found[] | null])[];

const setsOf = (all: Both) => ({
  own: predictionsOf(all.map(([first], id) => testImage(id, first))),
  against: predictionsOf(all.map(([, second], id) => testImage(id, second))),
});

const boxesOf = ({ boxes }: ReportCell): readonly ReportBox[] => boxes as readonly ReportBox[];
const imageOf = ({ image_id }: { readonly image_id: string | number }): number => Number(String(image_id).slice(6));
const alone = ({ cells }: ReportContents) => cells.flatMap((cell, at) => (cell.other ? [{ cell, at }] : []));

/** Boxes of the second model in no pair: the definition, without the code under test. */
function aloneByHand(all: Both): { readonly image: number; readonly row: number; readonly box: Found }[] {
  return all.flatMap(([first, second], image) => {
    if (second === null) return [];
    const paired = new Set(pairsByHand(first, second).map(([, row]) => row));
    return second.flatMap((box, row) => (paired.has(row) ? [] : [{ image, row, box }]));
  });
}

/** 1 less the overlap with the best box of the same class. */
function disagreementByHand(box: Found, boxes: readonly Found[]): number {
  const same = boxes.filter((one) => classOf(one) === classOf(box));
  return 1 - Math.max(0, ...same.map((one) => overlap(one, box)));
}

describe('reportOf(source, { against, by: box })', () => {
  it('has a cell for each box that only the other model found, in that model’s order', async () => {
    await fc.assert(
      fc.asyncProperty(images, async (all) => {
        const { own, against } = setsOf(all);
        const contents = await reportOf(own, { against, strategy: margin });
        const wanted = aloneByHand(all);
        const found = alone(contents);
        const nameOf = ({ image, row }: { image: number; row: number }) => `${image},${row}`;
        expect(found.map(({ cell }) => nameOf({ image: imageOf(cell.image), row: cell.other!.row })).sort()).toEqual(
          wanted.map(nameOf).sort(),
        );
        expect(contents.pageOptions.comparison!.onlySecond).toBe(wanted.length);
        const ranked = found.map(({ cell }) => cell.otherValues![0]!);
        expect(ranked).toEqual(ranked.toSorted((a, b) => a - b));
        expect(new Set(contents.cells.map(({ id }) => id)).size).toBe(contents.cells.length);
        for (const { cell, at } of found) {
          const [first, second] = all[imageOf(cell.image)]!;
          const box = second![cell.other!.row]!;
          // What the first model says of its boxes it says of none here.
          expect(cell.values).toEqual([NaN, NaN, NaN, expect.closeTo(disagreementByHand(box, first), 5)]);
          expect(cell.otherValues![0]).toBeCloseTo(margin(box.scores), 6);
          expect(cell.otherValues![1]).toBeCloseTo(entropy(box.scores), 5);
          const { cell: page } = contents.pageCells[at]!;
          const { labels } = contents.pageOptions;
          const [best, next] = [...box.scores].sort((a, b) => b - a);
          expect(page).toMatchObject({ layer: 1, box: cell.other!.row, score: best, secondScore: next, pairs: [] });
          expect(labels[page.label!]).toBe(names[classOf(box)]);
          const drawn = boxesOf(page).find(({ layer, box: row }) => layer === 1 && row === cell.other!.row)!;
          expect([drawn.xmin, drawn.ymin, drawn.xmax, drawn.ymax]).toEqual(box.sides);
          expect(drawn.rivals!.map(({ score }) => score)).toEqual(box.scores.toSorted((a, b) => b - a).slice(1));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('leaves the cells of its own boxes as they are', async () => {
    await fc.assert(
      fc.asyncProperty(images, async (all) => {
        const { own, against } = setsOf(all);
        const contents = await reportOf(own, { against, strategy: margin });
        const { cells } = await reportOf(own, { strategy: margin });
        const first = contents.cells.filter(({ other }) => !other);
        expect(first.map(({ id }) => id)).toEqual(cells.map(({ id }) => id));
        // They come first.
        expect(contents.cells.slice(0, first.length)).toEqual(first);
        expect(contents.pageOptions.facts!.leftOut!.beyondKept).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  const box = [0.5, 0.4, 0.1];
  const far = { id: 'b', boxes: [box, [0.9, 0.05, 0.05]] };

  it('keeps as many of them as of its own, the least sure ones, and says so', async () => {
    const own = predictionsOf([{ id: 'b', boxes: [] }]);
    const { cells, notes } = await reportOf(own, { against: predictionsOf([far]), strategy: margin, cells: 1 });
    expect(cells.map(({ other }) => other!.row)).toEqual([0]);
    expect(notes.join('\n')).toMatch(
      /2 boxes are only in .*; the 1 that it is least sure of is in the page where it is asked for what is only in /,
    );
    const each = { against: predictionsOf([far]), strategy: margin, cells: 1, byEach: true };
    expect((await reportOf(own, each)).cells).toHaveLength(1);
  });

  it.each([
    ['neither model has a box', [], [], 0],
    ['the other model has none', [box], [], 0],
    ['the other model failed', [box], null, 0],
    ['the first model failed', null, [box], 0],
    ['the first model has none', [], [box], 1],
    ['both found the same', [box], [box], 0],
    ['the other model found it twice', [box], [box, box], 1],
  ])('where %s', async (_, first, second, wanted) => {
    const places = Array.from({ length: 2 }, () => [0, 0, 8, 8]);
    const own = predictionsOf([{ id: 'a', boxes: first, places }]);
    const against = predictionsOf([
      { id: 'a', boxes: second, places },
      // The first model was never asked about this one.
      { id: 'z', boxes: [box] },
    ]);
    expect(alone(await reportOf(own, { against }))).toHaveLength(wanted);
  });

  it('ids of its boxes are those of what is seen, and of no other cell', async () => {
    const places = [
      [0, 0, 8, 8],
      [0, 0, 8, 8],
    ];
    // Of the first model the first of two equal boxes scores too little.
    const own = predictionsOf([{ id: 'a', boxes: [[0.1, 0, 0], box], places }]);
    const against = predictionsOf([{ id: 'a', boxes: [box, box], places }]);
    const { cells } = await reportOf(own, { against });
    expect(cells.map(({ id }) => id)).toEqual(['a#cat@0,0,8,8~2', 'a#cat@0,0,8,8~2~other']);
  });

  it('a list of boxes shows these and no others, a list of images all of them', async () => {
    const own = predictionsOf([far]);
    const against = predictionsOf([{ ...far, boxes: [...far.boxes, box] }]);
    const only = { hasImage: () => true, hasBox: (_: unknown, index: number) => index === 0 };
    expect(alone(await reportOf(own, { against, only }))).toHaveLength(0);
    // What both found stays found by both, where a list leaves it out.
    const but = { hasImage: () => true, hasBox: (_: unknown, index: number) => index !== 0 };
    const contents = await reportOf(own, { against, only: but });
    expect(alone(contents).map(({ at }) => contents.pageCells[at]!.cell.box)).toEqual([2]);
    expect(alone(await reportOf(own, { against, only: { hasImage: () => true } }))).toHaveLength(1);
  });
});

describe('reportOf(source, { against, by: image })', () => {
  it('names the box of the other model that each of its numbers comes from', async () => {
    const measures = [
      [margin, 1],
      [entropy, -1],
      [leastConfidence, -1],
    ] as const;
    await fc.assert(
      fc.asyncProperty(images, async (all) => {
        const { own, against } = setsOf(all);
        const contents = await reportOf(own, { by: 'image', against, strategy: margin });
        contents.cells.forEach(({ image }, at) => {
          const { otherDeciding, boxes: drawn } = contents.pageCells[at]!.cell;
          const second = all[imageOf(image)]![1] ?? [];
          if (second.length === 0) return expect(otherDeciding).toEqual([{}, {}, {}]);
          measures.forEach(([strategy, sign], place) => {
            const doubts = second.map(({ scores }) => sign * strategy(scores.toSorted((a, b) => b - a)));
            const { box } = otherDeciding![place]!;
            expect(doubts[box!]).toBeCloseTo(Math.min(...doubts), 6);
            const own = (drawn as readonly ReportBox[]).find((one) => one.layer === 1 && one.box === box)!;
            expect([own.score, ...own.rivals!.map(({ score }) => score)]).toEqual(
              second[box!]!.scores.toSorted((a, b) => b - a),
            );
          });
        });
      }),
      { numRuns: 100 },
    );
  });

  it('draws a deciding box of the other model however little it scores, and rivals of it alone', async () => {
    const sure = Array.from({ length: 250 }, () => [0.98, 0.01, 0.01]);
    const against = predictionsOf([{ id: 'a', boxes: [...sure, [0.3, 0.29, 0.2]] }]);
    const own = predictionsOf([{ id: 'a', boxes: [[0.9, 0.05, 0.05]] }]);
    const { pageCells: cells } = await reportOf(own, { by: 'image', against, strategy: margin });
    const ofOther = boxesOf(cells[0]!.cell).filter(({ layer }) => layer === 1);
    expect(ofOther).toHaveLength(200);
    expect(ofOther.filter(({ rivals }) => rivals).map(({ box: row }) => row)).toEqual([250]);
  });
});
