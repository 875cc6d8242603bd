import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InputSpec } from '@qualm/types';
import { fitImage, placeImage, shownPart } from '../src/fit-image.ts';

const side = fc.integer({ min: 1, max: 20_000 });
const size = fc.record({ width: side, height: side });
const resize = fc.constantFrom<InputSpec['resize']>(
  { mode: 'stretch' },
  { mode: 'letterbox', anchor: 'center', pad: 0 },
  { mode: 'letterbox', anchor: 'top-left', pad: 114 },
  { mode: 'letterbox', anchor: 'center', pad: 114, rounding: 'nearest' },
);
const input = fc.record({ size, resize });

describe('fitImage', () => {
  it.each([
    [640, 480, 416, 416, 416, 312],
    [480, 640, 416, 416, 312, 416],
    [500, 375, 640, 640, 640, 480],
    [427, 640, 416, 416, 277, 416],
    [333, 500, 416, 416, 277, 416],
    [10_000, 1, 416, 416, 416, 1],
  ])('%i x %i in %i x %i is resized to %i x %i, as YOLOX computes', (width, height, toWidth, toHeight, wide, high) => {
    const letterbox = {
      size: { width: toWidth, height: toHeight },
      resize: { mode: 'letterbox', anchor: 'top-left', pad: 114 },
    } as const;
    expect(placeImage({ width, height }, letterbox)).toEqual({ width: wide, height: high, left: 0, top: 0 });
  });

  it('center rounds the offset down', () => {
    const center = {
      size: { width: 10, height: 10 },
      resize: { mode: 'letterbox', anchor: 'center', pad: 0 },
    } as const;
    expect(placeImage({ width: 10, height: 5 }, center)).toEqual({ width: 10, height: 5, left: 0, top: 2 });
  });

  it('fitImage: the corners of the original are the corners of what is placed, inside the input', () => {
    fc.assert(
      fc.property(size, input, (original, spec) => {
        const geometry = fitImage(original, spec);
        const placed = placeImage(original, spec);
        expect(placed.left).toBe(geometry.offsetX);
        expect(placed.top).toBe(geometry.offsetY);
        expect(original.width * geometry.scaleX).toBeCloseTo(placed.width, 6);
        expect(original.height * geometry.scaleY).toBeCloseTo(placed.height, 6);
        expect(placed.left + placed.width).toBeLessThanOrEqual(spec.size.width);
        expect(placed.top + placed.height).toBeLessThanOrEqual(spec.size.height);
        expect(Math.min(placed.left, placed.top)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('fitImage: original to input and back is the same point', () => {
    fc.assert(
      fc.property(size, input, fc.double({ min: 0, max: 1, noNaN: true }), (original, spec, fraction) => {
        const { scaleX, scaleY, offsetX, offsetY } = fitImage(original, spec);
        const [x, y] = [fraction * original.width, fraction * original.height];
        expect((x * scaleX + offsetX - offsetX) / scaleX).toBeCloseTo(x, 5);
        expect((y * scaleY + offsetY - offsetY) / scaleY).toBeCloseTo(y, 5);
      }),
    );
  });

  it('fitImage: a letterbox touches two opposite sides to within one pixel, and keeps the shape', () => {
    fc.assert(
      fc.property(size, size, (original, target) => {
        const spec = { size: target, resize: { mode: 'letterbox', anchor: 'center', pad: 0 } } as const;
        const placed = placeImage(original, spec);
        const slack = Math.min(target.width - placed.width, target.height - placed.height);
        expect(slack).toBeLessThanOrEqual(1);
        const ratio = Math.min(target.width / original.width, target.height / original.height);
        expect(Math.abs(placed.width - original.width * ratio)).toBeLessThanOrEqual(1);
        expect(Math.abs(placed.height - original.height * ratio)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('fitImage: a crop keeps the shape to within a pixel, and cuts both ends alike', () => {
    const side = fc.integer({ min: 1, max: 700 });
    fc.assert(
      fc.property(size, size, side, (original, target, shortSide) => {
        const placed = placeImage(original, { size: target, resize: { mode: 'crop', shortSide } });
        expect(Math.min(placed.width, placed.height)).toBe(shortSide);
        const ratio = shortSide / Math.min(original.width, original.height);
        expect(Math.abs(placed.width - original.width * ratio)).toBeLessThan(1.001);
        expect(Math.abs(placed.height - original.height * ratio)).toBeLessThan(1.001);
        const right = target.width - placed.left - placed.width;
        expect(Math.abs(placed.left - right)).toBeLessThanOrEqual(1);
        const shown = shownPart(placed, target);
        expect(Math.min(shown.width, shown.height)).toBeGreaterThan(0);
        expect(shown.width).toBe(Math.min(target.width, placed.width));
        expect(shown.height).toBe(Math.min(target.height, placed.height));
      }),
    );
  });

  it.each([
    [640, 427, 416, 278, 69],
    [427, 640, 416, 278, 69],
  ])('nearest rounds the sides of %i x %i as Ultralytics does', (width, height, side, short, offset) => {
    const resize = { mode: 'letterbox', anchor: 'center', pad: 114, rounding: 'nearest' } as const;
    const placed = placeImage({ width, height }, { size: { width: side, height: side }, resize });
    expect([Math.min(placed.width, placed.height), Math.max(placed.left, placed.top)]).toEqual([short, offset]);
  });

  it.each([
    [0, 1],
    [1.5, 1],
    [Number.NaN, 1],
  ])('fitImage refuses a size of %d x %d', (width, height) => {
    const stretch = { size: { width: 1, height: 1 }, resize: { mode: 'stretch' } } as const;
    expect(() => fitImage({ width, height }, stretch)).toThrow(RangeError);
  });
});
