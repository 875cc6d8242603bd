import { QualmError } from '@qualm/types';
import { expect, it } from 'vitest';
import { defaultBoxes } from '../../src/heads/default-boxes.ts';
import { expectClose, readFixture } from './fixture.ts';
import type { DefaultBoxesCase } from './fixture.ts';

const { cases } = readFixture<{ cases: DefaultBoxesCase[] }>('default-boxes');

it.each(cases)('defaultBoxes: $name, are those of torchvision', ({ anchors, size, count, every, boxes }) => {
  const made = defaultBoxes(anchors, size);
  expect(made.length).toBe(4 * count);
  const pixels = Array.from(made, (value, i) => value * (i % 2 === 0 ? size.width : size.height));
  const picked = pixels.filter((_, i) => Math.floor(i / 4) % every === 0);
  expect(expectClose(picked, boxes, 1e-4)).toBeLessThan(1e-4);
});

it('defaultBoxes says which lists do not fit', () => {
  const anchors = { ...cases[0]!.anchors, scales: [0.1] };
  expect(() => defaultBoxes(anchors, cases[0]!.size)).toThrow(QualmError);
  expect(() => defaultBoxes(anchors, cases[0]!.size)).toThrow('6 steps, 1 scales');
});
