import fc from 'fast-check';
import { expect, it } from 'vitest';
import { samePadding, validPadding } from '../src/same-padding.ts';

const axis = [
  fc.integer({ min: 1, max: 400 }),
  fc.integer({ min: 1, max: 7 }),
  fc.integer({ min: 1, max: 4 }),
  fc.integer({ min: 1, max: 3 }),
] as const;

it('samePadding gives ceil(input / stride) outputs, and the odd zero at the end', () => {
  fc.assert(
    fc.property(...axis, (input, kernel, stride, dilation) => {
      const { before, after, output } = samePadding(input, kernel, stride, dilation);
      const reach = (kernel - 1) * dilation + 1;
      expect(output).toBe(Math.ceil(input / stride));
      expect([0, 1]).toContain(after - before);
      if (before + after > 0) expect(input + before + after).toBe((output - 1) * stride + reach);
    }),
  );
});

it('validPadding gives as many outputs as windows fit', () => {
  expect(validPadding(7, 3, 2, 1)).toEqual({ before: 0, after: 0, output: 3 });
  expect(validPadding(8, 3, 2, 1)).toEqual({ before: 0, after: 0, output: 3 });
});

it('samePadding(300, 3, 2, 1) pads at the end alone', () => {
  expect(samePadding(300, 3, 2, 1)).toEqual({ before: 0, after: 1, output: 150 });
});
