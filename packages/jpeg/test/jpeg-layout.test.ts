import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jpegLayout } from '../src/jpeg-layout.ts';
import { bySharp } from './by-sharp.ts';
import { bytesOf, fixture, pillow } from './pillow.ts';

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

function withoutJfif(jpeg: Uint8Array): Uint8Array {
  const start = Buffer.from(jpeg).indexOf('JFIF');
  return Uint8Array.from(jpeg, (byte, index) => (index === start ? 0x6a : byte));
}

describe('jpegLayout', () => {
  it.each([
    ['rgb.jpg', ['2 x 2', '1 x 1', '1 x 1']],
    ['grey.jpg', ['1 x 1']],
    ['exif-1.jpg', ['2 x 2', '1 x 1', '1 x 1']],
  ])('jpegLayout(%s) is 32 x 24, sampled %j', (name, factors) => {
    const layout = jpegLayout(fixture(name))!;
    expect(layout).toMatchObject({ width: 32, height: 24, restartInterval: 0 });
    expect(layout.components.map(({ across, down }) => `${across} x ${down}`)).toEqual(factors);
  });

  it('jpegLayout(restart markers) tells how far apart they are', () => {
    const spaced = pillow.jpegs.find(({ name }) => name.endsWith('restart_marker_blocks 3'))!;
    expect(jpegLayout(bytesOf(spaced))!.restartInterval).toBe(3);
  });

  it('reads bytes that lie inside a larger buffer', () => {
    const around = Buffer.concat([Buffer.alloc(7), photo, Buffer.alloc(3)]);
    expect(jpegLayout(around.subarray(7))).toEqual(jpegLayout(photo));
  });

  it('passes over comments and XMP', () => {
    const xmp = withSegment(photo, 0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x/>'));
    expect(jpegLayout(withSegment(xmp, 0xfe, Buffer.from('Exif')))).toMatchObject({ width: 32, height: 24 });
  });

  it.each<[string, () => Uint8Array]>([
    ['progressive', () => fixture('progressive.jpg')],
    ['turned by EXIF', () => fixture('exif-6.jpg')],
    ['Adobe, which may be RGB', () => withSegment(photo, 0xee, Buffer.from('Adobe\0d\0\0\0\0\0'))],
    ['RGB by its component identifiers', () => withoutJfif(withFrameBytes(10, 0x52))],
    ['chroma of 4:4:0', () => withFrameBytes(11, 0x12)],
    ['a quantisation table that is not there', () => withFrameBytes(12, 3)],
    ['3 columns, whose chroma has 2', () => withFrameBytes(7, 0, 3)],
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
  ])('jpegLayout(%s) is null', (_, make) => {
    expect(jpegLayout(make())).toBeNull();
  });

  it('jpegLayout(any beginning of a JPEG) is null or the whole layout', () => {
    const scan = Buffer.from(photo).indexOf(Buffer.of(0xff, 0xda));
    for (let length = 0; length < photo.length; length++) {
      const layout = jpegLayout(photo.subarray(0, length));
      expect(layout).toEqual(length >= scan + 14 ? jpegLayout(photo) : null);
    }
  });

  it('agrees with sharp on mutated JPEGs about the size, wherever both tell it', async () => {
    const names = fc.constantFrom('rgb.jpg', 'grey.jpg', 'progressive.jpg', 'exif-6.jpg', 'cmyk.jpg');
    const edits = fc.array(fc.tuple(fc.nat(700), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(names, edits, async (name, changes) => {
        const bytes = Uint8Array.from(fixture(name));
        for (const [at, value] of changes) if (at > 2 && at < bytes.length) bytes[at] = value;
        const layout = jpegLayout(bytes);
        if (!layout) return;
        const metadata = await bySharp(bytes)
          .metadata()
          .catch(() => null);
        if (!metadata) return;
        expect({ ...metadata.autoOrient, alpha: metadata.hasAlpha, depth: metadata.depth }).toEqual({
          width: layout.width,
          height: layout.height,
          alpha: false,
          depth: 'uchar',
        });
      }),
      { numRuns: 1000 },
    );
  });
});
