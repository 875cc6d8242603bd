import { describe, expect, it } from 'vitest';
import { countOfBoxes, leastSure, margin, meanOfBoxes, sumOfBoxes } from '@qualm/strategies';
import { aggregateBoxes } from '../src/aggregate-boxes.ts';
import { explode } from '../src/explode.ts';
import { rank } from '../src/rank.ts';
import { score } from '../src/score.ts';
import { tableOfColumns } from '../src/table-of-columns.ts';
import { classScores } from './example-columns.ts';

const images = tableOfColumns({ image_id: ['a', 'b', 'c', 'd'], detections: classScores });
const boxes = score(explode(images, 'detections'), margin);

function numbers(table: typeof images, name: string): number[] {
  return Array.from(table.array(name) as Float64Array);
}

describe('aggregateBoxes(images, boxes, { by, how, empty })', () => {
  it('gives each image a number of its boxes; of none what `empty` says, and NaN where the model said nothing', () => {
    expect(numbers(boxes, 'margin')).toEqual([0.25, 0, 1]);
    expect(numbers(aggregateBoxes(images, boxes, { by: margin, how: meanOfBoxes, empty: 0.5 }), 'margin')).toEqual([
      0.125,
      0.5,
      NaN,
      1,
    ]);
  });

  it('ranks images, the empty ones where they are wanted', () => {
    const ids = (empty: 'first' | 'last'): string[] =>
      rank(aggregateBoxes(images, boxes, { by: margin, how: leastSure, empty }), { by: margin }).array(
        'image_id',
      ) as string[];
    const empties = [...classScores].flatMap((said, image) => (said?.length === 0 ? ['abcd'[image]!] : []));
    expect(empties.length).toBeGreaterThan(0);
    expect(ids('first').slice(0, empties.length)).toEqual(empties);
    expect(ids('last').slice(-empties.length - 1, -1)).toEqual(empties);
  });

  it('looks at the boxes that a filter left, whatever their order, and keeps filter and order of the images', () => {
    const few = boxes.filter('d => d.margin < 0.5').orderby('image_id');
    const some = images.filter("d => d.image_id != 'a'").orderby('image_id');
    const got = aggregateBoxes(some, few, {
      by: 'margin',
      order: 'ascending',
      how: countOfBoxes,
      empty: 0,
      as: 'unsure',
    });
    expect(got.numRows()).toBe(3);
    const all = numbers(aggregateBoxes(images, few, { by: margin, how: countOfBoxes, empty: 0 }), 'margin');
    expect(numbers(got, 'unsure')).toEqual(all.slice(1));
  });

  it('says what is missing or means nothing', () => {
    const more = { how: meanOfBoxes, empty: 0 } as const;
    expect(() => aggregateBoxes(images, boxes, { ...more, by: 'margin' })).toThrow(
      /which numbers of "margin" are least sure/,
    );
    expect(() => aggregateBoxes(images, boxes, { ...more, by: 'p', order: 'ascending' })).toThrow(
      /no column "p"; the table has/,
    );
    expect(() => aggregateBoxes(images, boxes, { ...more, by: margin, on: 'key' })).toThrow(/no column "key"/);
    expect(() => aggregateBoxes(images, boxes, { ...more, by: margin, how: sumOfBoxes })).toThrow(
      /the scores are ascending/,
    );
    const twice = tableOfColumns({ image_id: ['a', 'a'] });
    expect(() => aggregateBoxes(twice, boxes, { ...more, by: margin })).toThrow(/two images have the image_id a/);
  });
});
