import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { plainJpegSize } from '../src/plain-jpeg-size.ts';
import { decodeSettings } from '../src/read-header.ts';
import { bytesOf, pillow } from './pillow.ts';

const fixture = (name: string): Uint8Array => bytesOf(pillow.files[name]!);
const photo = fixture('rgb.jpg');

/** A segment after the start of the image. */
function withSegment(jpeg: Uint8Array, marker: number, content: Uint8Array): Uint8Array {
  const head = Uint8Array.of(0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}

/** The photograph with other bytes from `offset` on, counted from its frame marker. */
function withFrameBytes(offset: number, ...values: number[]): Uint8Array {
  const bytes = Uint8Array.from(photo);
  bytes.set(values, Buffer.from(photo).indexOf(Buffer.of(0xff, 0xc0)) + offset);
  return bytes;
}

describe('plainJpegSize', () => {
  it.each(['rgb.jpg', 'grey.jpg', 'progressive.jpg'])('plainJpegSize(%s) is 32 x 24', (name) => {
    expect(plainJpegSize(fixture(name))).toEqual({ width: 32, height: 24 });
  });

  it('reads bytes that lie inside a larger buffer', () => {
    const around = Buffer.concat([Buffer.alloc(7), photo, Buffer.alloc(3)]);
    expect(plainJpegSize(around.subarray(7))).toEqual({ width: 32, height: 24 });
  });

  it('passes over comments and XMP', () => {
    const xmp = withSegment(photo, 0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x/>'));
    expect(plainJpegSize(withSegment(xmp, 0xfe, Buffer.from('Exif')))).toEqual({ width: 32, height: 24 });
  });

  it.each<[string, () => Uint8Array]>([
    ['EXIF', () => fixture('exif-6.jpg')],
    ['EXIF that says nothing', () => withSegment(photo, 0xe1, Buffer.from('Exif\0\0'))],
    ['CMYK', () => fixture('cmyk.jpg')],
    ['12 bits', () => withFrameBytes(4, 12)],
    ['arithmetic coding', () => withFrameBytes(1, 0xc9)],
    ['lossless coding', () => withFrameBytes(1, 0xc3)],
    ['no height', () => withFrameBytes(5, 0, 0)],
    ['a side above 65,500', () => withFrameBytes(5, 0xff, 0xff)],
    ['two frames', () => withSegment(photo, 0xc0, Uint8Array.of(8, 0, 24, 0, 32, 1, 1, 0x11, 0))],
    ['a PNG', () => fixture('rgb.png')],
    ['nothing', () => new Uint8Array(0)],
  ])('plainJpegSize(%s) is null', (_, make) => {
    expect(plainJpegSize(make())).toBeNull();
  });

  it('plainJpegSize(any beginning of a JPEG) is null or the whole size', () => {
    const scan = Buffer.from(photo).indexOf(Buffer.of(0xff, 0xda));
    for (let length = 0; length < photo.length; length++) {
      const size = plainJpegSize(photo.subarray(0, length));
      expect(size).toEqual(length >= scan + 4 ? { width: 32, height: 24 } : null);
    }
  });

  it('agrees with sharp on mutated JPEGs wherever both tell a size', async () => {
    const names = fc.constantFrom('rgb.jpg', 'grey.jpg', 'progressive.jpg', 'exif-6.jpg', 'cmyk.jpg');
    const edits = fc.array(fc.tuple(fc.nat(700), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(names, edits, async (name, changes) => {
        const bytes = Uint8Array.from(fixture(name));
        for (const [at, value] of changes) if (at > 2 && at < bytes.length) bytes[at] = value;
        const size = plainJpegSize(bytes);
        if (!size) return;
        const metadata = await sharp(bytes, decodeSettings)
          .metadata()
          .catch(() => null);
        if (!metadata) return;
        expect({ ...metadata.autoOrient, alpha: metadata.hasAlpha, depth: metadata.depth }).toEqual({
          ...size,
          alpha: false,
          depth: 'uchar',
        });
      }),
      { numRuns: 1000 },
    );
  }, 60_000);
});
