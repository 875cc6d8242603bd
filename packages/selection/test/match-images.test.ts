import { expect, it } from 'vitest';
import { matchImages } from '../src/labels/match-images.ts';

const columns = { image_id: [7, 8, 9, 10], file_name: ['a.jpg', 'x/b.jpg', 'x/c.jpg', 'y/c.jpg'] };

it('matchImages finds by id, by file name, and by the last part where it is of one image', () => {
  const match = matchImages(columns);
  expect([match.row(8, null), match.byName]).toEqual([1, 0]);
  expect(match.row('a.jpg', 'file:///photos/a.jpg')).toBe(0);
  expect(match.row('b.jpg', null)).toBe(1);
  expect(match.row('x/c.jpg', null)).toBe(2);
  expect(matchImages(columns).row(1, 'file:///photos/a.jpg')).toBe(0);
  expect([match.byName, match.row('other/b.jpg', null)]).toEqual([3, null]);
  expect([match.row('c.jpg', null), match.row('d.jpg', null), match.row(1, null)]).toEqual([null, null, null]);
  expect(match.byName).toBe(3);
});
