import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exifOrientation } from '../src/exif-orientation.ts';

/** A TIFF header and one directory of entries: tag, type, count, value as 16 bits. */
function tiff(isLittle: boolean, ...entries: [number, number, number, number][]): Uint8Array {
  const view = new DataView(new ArrayBuffer(14 + 12 * entries.length));
  view.setUint16(0, isLittle ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, isLittle);
  view.setUint32(4, 8, isLittle);
  view.setUint16(8, entries.length, isLittle);
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 10 + 12 * index;
    view.setUint16(at, tag, isLittle);
    view.setUint16(at + 2, type, isLittle);
    view.setUint32(at + 4, count, isLittle);
    view.setUint16(at + 8, value, isLittle);
  }
  return new Uint8Array(view.buffer);
}

describe('exifOrientation', () => {
  it.each([true, false])('exifOrientation(tag 0x0112) is its value, little-endian %s', (isLittle) => {
    expect(exifOrientation(tiff(isLittle, [0x010f, 2, 1, 9], [0x0112, 3, 1, 6]))).toBe(6);
  });

  it('exifOrientation(no such tag) is 1', () => {
    expect(exifOrientation(tiff(true, [0x010f, 2, 1, 9]))).toBe(1);
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['no TIFF', new Uint8Array(64)],
    ['another type', tiff(true, [0x0112, 4, 1, 6])],
    ['two values', tiff(true, [0x0112, 3, 2, 6])],
    ['a directory that is cut off', tiff(true, [0x0112, 3, 1, 6]).subarray(0, 20)],
  ])('exifOrientation(%s) is null', (_, bytes) => {
    expect(exifOrientation(bytes)).toBeNull();
  });

  it('exifOrientation never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const result = exifOrientation(Uint8Array.of(0x49, 0x49, 42, 0, 8, 0, 0, 0, ...bytes));
        expect(result === null || Number.isInteger(result)).toBe(true);
      }),
    );
  });
});
