import { QualmError } from '@qualm/types';
import { expect, it } from 'vitest';
import { anchorGrid } from '../../src/heads/anchor-grid.ts';
import { expectClose, readFixture } from './fixture.ts';
import type { AnchorGridCase } from './fixture.ts';

const { cases } = readFixture<{ cases: AnchorGridCase[] }>('anchor-grid');

it.each(cases)('anchorGrid: $name, are those of torchvision', ({ anchors, size, count, every, boxes }) => {
  const made = anchorGrid(anchors, size);
  expect(made.length).toBe(4 * count);
  const picked = [...made].filter((_, i) => Math.floor(i / 4) % every === 0);
  expect(expectClose(picked, boxes, 1e-6)).toBeLessThan(1e-6);
});

it('anchorGrid says which lists do not fit', () => {
  const anchors = { ...cases[0]!.anchors, sizes: [[32]] };
  expect(() => anchorGrid(anchors, cases[0]!.size)).toThrow(QualmError);
  expect(() => anchorGrid(anchors, cases[0]!.size)).toThrow('5 featureMaps, 1 sizes, 5 aspectRatios');
});
