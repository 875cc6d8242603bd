import { Box2d } from '@qualm/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classColor, classColors, detections, pictureColors } from '../src/index.ts';
import type { GroupLayer } from '../src/index.ts';
import { hardestDifference } from './hardest-difference.ts';

/** Label ids as data sets have them: COCO's end at 90, those of LVIS at 1,203. */
const id = fc.nat({ max: 1203 });
const pictures = fc.array(fc.uniqueArray(id, { maxLength: classColors.length }), { maxLength: 12 });
/** Of few classes, which meet often. */
const crowded = fc.array(fc.uniqueArray(fc.nat({ max: 60 }), { maxLength: 9 }), { maxLength: 30 });
const seenIn = (colors: ReturnType<typeof pictureColors>, ids: readonly number[][]): string[][] =>
  ids.map((own, at) => own.map((one) => colors[at]!(one)));

describe('pictureColors(pictures)', () => {
  it('are different ones for up to 24 classes of a picture, told apart by every eye', () => {
    fc.assert(
      fc.property(fc.oneof(pictures, crowded), (ids) => {
        for (const colors of seenIn(pictureColors(ids), ids)) {
          expect(new Set(colors).size).toBe(colors.length);
          for (const [at, color] of colors.entries())
            for (const other of colors.slice(at + 1)) expect(hardestDifference(color, other)).toBeGreaterThan(5);
        }
      }),
    );
  });

  it('are the same for a class in all pictures, where each class meets less than 24 others', () => {
    const sets = fc.uniqueArray(id, { minLength: 1, maxLength: classColors.length });
    const together = sets.chain((all) => fc.array(fc.subarray(all), { maxLength: 10 }));
    fc.assert(
      fc.property(together, (ids) => {
        const seen = new Map<number, string>();
        pictureColors(ids).forEach((colorOf, at) => {
          for (const own of ids[at]!) expect(colorOf(own)).toBe(seen.get(own) ?? seen.set(own, colorOf(own)).get(own));
        });
      }),
    );
  });

  it('are those of classColor where no two classes of a picture have the same', () => {
    const apart = fc.array(fc.uniqueArray(id, { selector: (one) => one % classColors.length }), { maxLength: 1 });
    fc.assert(
      fc.property(apart, (ids) => {
        expect(seenIn(pictureColors(ids), ids)).toEqual(ids.map((own) => own.map((one) => classColor(one))));
      }),
    );
    // A person and a laptop, with the ids of COCO.
    expect(classColor(1)).toBe(classColor(73));
    // The person, who is in more of them, keeps it.
    expect(seenIn(pictureColors([[73, 1], [73], [1], [1]]), [[1, 73], [73]])).toEqual([
      [classColor(1), classColor(0)],
      [classColor(0)],
    ]);
    // Of others, which nobody named, what they have anywhere.
    expect(pictureColors([[1]])[0]!(97)).toBe(classColor(97));
  });

  it('hang on no order, and go round as evenly as they can where there are more classes', () => {
    fc.assert(
      fc.property(crowded, (ids) => {
        const turned = ids.map((own) => [...own, ...own].reverse());
        expect(seenIn(pictureColors(turned), ids)).toEqual(seenIn(pictureColors(ids), ids));
      }),
    );
    const many = Array.from({ length: 60 }, (_, at) => at);
    const counts = new Map<string, number>();
    for (const color of seenIn(pictureColors([many]), [many])[0]!) counts.set(color, (counts.get(color) ?? 0) + 1);
    expect([counts.size, Math.min(...counts.values()), Math.max(...counts.values())]).toEqual([24, 2, 3]);
    expect(seenIn(pictureColors([[0, 2, 4]], ['red', 'blue']), [[0, 2, 4]])).toEqual([['red', 'blue', 'red']]);
  });

  it('refuse ids that are none, and schemes without colours', () => {
    expect(() => pictureColors([[0.5]])).toThrow(RangeError);
    expect(() => pictureColors([[1]], [])).toThrow('0 colours');
  });
});

it('detections(rows) colours classes so that no two are alike, or as it is told', () => {
  const row = (label_id: number) => ({ box: new Box2d(0, 0, 9, 9), label_id, score: 0.5 });
  const colorsOf = ({ layers }: GroupLayer): unknown[] =>
    layers.map((one) => ('style' in one ? (one.style as { color?: string }).color : null));
  expect(colorsOf(detections([row(73), row(1), row(73)]))).toEqual([classColor(0), classColor(1), classColor(0)]);
  expect(colorsOf(detections([row(73), row(1)], { colorOf: () => 'tomato' }))).toEqual(['tomato', 'tomato']);
});
