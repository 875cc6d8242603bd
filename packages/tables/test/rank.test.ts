import { describe, expect, it } from 'vitest';
import { entropy, margin } from '@qualm/strategies';
import { explode } from '../src/explode.ts';
import { rank } from '../src/rank.ts';
import { score } from '../src/score.ts';
import { tableOfColumns } from '../src/table-of-columns.ts';
import { classScores } from './example-columns.ts';

const boxes = explode(tableOfColumns({ image_id: ['a', 'b', 'c', 'd'], detections: classScores }), 'detections');

describe('score(table, strategy)', () => {
  it('adds a column of the name of the strategy', () => {
    expect(Array.from(score(boxes, margin).array('margin') as Float64Array)).toEqual([0.25, 0, 1]);
  });

  it('is the same by the flat matrix and by one vector at a time', () => {
    const byRow = score(boxes, (scores: ArrayLike<number>) => entropy.score(scores), { as: 'entropy' });
    expect(score(boxes, entropy).array('entropy')).toEqual(byRow.array('entropy'));
  });

  it('gives NaN to a missing vector', () => {
    const table = tableOfColumns({ scores: [[0.5, 0.25], null] });
    expect(Array.from(score(table, margin).array('margin') as Float64Array)).toEqual([0.25, NaN]);
  });

  it('keeps the filter and the order of the table', () => {
    const sorted = score(boxes.orderby('image_id').filter('d => d.image_id == "a"'), margin);
    expect(sorted.numRows()).toBe(2);
  });

  it('asks for a name, and says which columns there are', () => {
    expect(() => score(boxes, (scores) => scores.length)).toThrow(/the function has no name/);
    expect(() => score(boxes, margin, { column: 'p' })).toThrow(/no column "p"; the table has image_id, box, scores/);
  });
});

describe('rank(table, { by })', () => {
  it('puts small margins first without being told, because margin knows its order', () => {
    const ranked = rank(boxes, { by: margin });
    expect(Array.from(ranked.array('margin') as Float64Array)).toEqual([0, 0.25, 1]);
    expect(Array.from(ranked.array('rank') as Uint32Array)).toEqual([1, 2, 3]);
  });

  it('puts large entropies first', () => {
    expect(rank(boxes, { by: entropy, limit: 1 }).get('entropy', 0)).toBeCloseTo(Math.LN2, 7);
  });

  it('ranks a column when told the order, and is told so when not', () => {
    expect(rank(boxes, { by: 'image_id', order: 'ascending' }).numRows()).toBe(3);
    expect(() => rank(boxes, { by: 'image_id' })).toThrow(/which numbers of "image_id" come first/);
    expect(() => rank(boxes, { by: 'nothing', order: 'ascending' })).toThrow(/no column "nothing"/);
  });

  it('ranks again what was ranked before', () => {
    const twice = rank(rank(boxes, { by: margin }), { by: margin, order: 'descending' });
    expect(Array.from(twice.array('margin') as Float64Array)).toEqual([1, 0.25, 0]);
    expect(twice.columnNames().filter((name) => name === 'rank')).toHaveLength(1);
  });
});

describe('rank(table, { by }) of equal numbers', () => {
  const idsOf = (ids: readonly (string | number)[], options: { ids?: string; seed?: number } = {}): unknown[] => {
    const table = tableOfColumns({ image_id: ids, other: ids, margin: ids.map(() => 0) });
    return Array.from(rank(table, { by: margin, ...options }).array('image_id') as unknown[]);
  };

  it('goes by image id, in whatever order the rows come', () => {
    for (const ids of [[1, 2, 10, 'a'], ['a', 10, 2, 1], [2, 'a', 1, 10]]) expect(idsOf(ids)).toEqual([1, 2, 10, 'a']); // prettier-ignore
  });

  it('with a seed goes by what is drawn from it, in whatever order the rows come', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const drawn = Array.from({ length: 30 }, (_, seed) => idsOf(ids, { seed }).join());
    expect(new Set(drawn).size).toBeGreaterThan(20);
    expect(drawn).toEqual(drawn.map((_, seed) => idsOf(ids.toReversed(), { seed }).join()));
  });

  it('keeps the order of the boxes of an image, with a seed too', () => {
    const table = tableOfColumns({ image_id: ['b', 'a', 'b', 'a'], box: [1, 2, 3, 4], margin: [0, 0, 0, 0] });
    expect([...(rank(table, { by: margin }).array('box') as Iterable<number>)]).toEqual([2, 4, 1, 3]);
    const seeded = [...(rank(table, { by: margin, seed: 5 }).array('box') as Iterable<number>)].join();
    expect(['2,4,1,3', '1,3,2,4']).toContain(seeded);
  });

  it('goes by the column that is named, and keeps the rows in order where there are no ids', () => {
    const table = tableOfColumns({ name: ['b', 'a'], margin: [0, 0] });
    expect([...(rank(table, { by: margin }).array('name') as Iterable<string>)]).toEqual(['b', 'a']);
    expect([...(rank(table, { by: margin, ids: 'name' }).array('name') as Iterable<string>)]).toEqual(['a', 'b']);
    expect(() => rank(table, { by: margin, ids: 'id' })).toThrow(/no column "id" of ids; the table has name, margin/);
  });
});
