import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeJpeg } from '../src/index.ts';
import { bySharp } from './by-sharp.ts';
import { bytesOf, fixture, pillow } from './pillow.ts';

const pageBytes = 1 << 16;
const memory = new WebAssembly.Memory({ initial: 1 });

/** RGBA bytes, or null where the decoder leaves it to others. */
function rgbaOf(jpeg: Uint8Array): Buffer | null {
  const image = decodeJpeg(jpeg, memory);
  if (!image) return null;
  const { width, height, end, writeRows } = image;
  writeRows(end, 0, height);
  return Buffer.from(memory.buffer, end, 4 * width * height);
}

function rgbOf(jpeg: Uint8Array): Buffer | null {
  const rgba = rgbaOf(jpeg);
  return rgba && Buffer.from(rgba.filter((_, index) => index % 4 !== 3));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('decodeJpeg', () => {
  it.each(pillow.jpegs)('decodeJpeg(JPEG of $name) equals what Pillow decodes', (jpeg) => {
    const pixels = rgbOf(bytesOf(jpeg))!;
    expect(pixels.length).toBe(3 * jpeg.width * jpeg.height);
    expect(sha256(pixels)).toBe(jpeg.sha256);
  });

  it.each(['rgb.jpg', 'grey.jpg', 'exif-1.jpg'])('decodeJpeg(%s) equals what Pillow decodes', (name) => {
    expect(sha256(rgbOf(fixture(name))!)).toBe(pillow.files[name]!.sha256);
  });

  it.each(['rgb.jpg', 'grey.jpg'])('decodeJpeg(%s) is opaque', (name) => {
    const alpha = rgbaOf(fixture(name))!.filter((_, index) => index % 4 === 3);
    expect(new Set(alpha)).toEqual(new Set([255]));
  });

  it.each(['progressive.jpg', 'cmyk.jpg', 'exif-6.jpg', 'rgb.png'])('decodeJpeg(%s) is null', (name) => {
    expect(decodeJpeg(fixture(name), memory)).toBeNull();
  });

  it('decodeJpeg(half a JPEG) is null, wherever it is cut', () => {
    const jpeg = bytesOf(pillow.jpegs[0]!);
    for (let length = 0; length < jpeg.length; length++) expect(rgbOf(jpeg.subarray(0, length))).toBeNull();
  });

  it('decodeJpeg(a restart marker out of turn) is null', () => {
    const { data } = pillow.jpegs.find(({ name }) => name.endsWith('4:4:4 restart_marker_blocks 1'))!;
    const jpeg = Buffer.from(data, 'base64');
    jpeg[jpeg.indexOf(Buffer.of(0xff, 0xd1)) + 1] = 0xd2;
    expect(rgbOf(jpeg)).toBeNull();
  });

  it('decodeJpeg(mutated JPEG) is null, or the pixels that sharp decodes', async () => {
    // Tables come first and bear more changes than data.
    const place = fc.oneof(fc.nat(180), fc.nat(4000));
    const edits = fc.array(fc.tuple(place, fc.nat(7)), { minLength: 1, maxLength: 2 });
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...pillow.jpegs), edits, async (original, changes) => {
        const jpeg = bytesOf(original);
        for (const [place, bit] of changes) jpeg[2 + (place % (jpeg.length - 2))]! ^= 1 << bit;
        const ours = rgbOf(jpeg);
        if (!ours) return;
        taken++;
        const theirs = await bySharp(jpeg)
          .removeAlpha()
          .toColourspace('srgb')
          .raw()
          .toBuffer()
          .catch(() => null);
        if (theirs) expect(Buffer.compare(ours, theirs)).toBe(0);
      }),
      { numRuns: 600 },
    );
    expect(taken).toBeGreaterThan(30);
  });

  it('maxPixels: an image of more is null', () => {
    const jpeg = fixture('rgb.jpg');
    expect(decodeJpeg(jpeg, memory, { maxPixels: 32 * 24 - 1 })).toBeNull();
    expect(decodeJpeg(jpeg, memory, { maxPixels: 32 * 24 })).toMatchObject({ width: 32, height: 24 });
  });

  it('reads bytes of the memory where they are, and leaves what lies before them', () => {
    const jpeg = fixture('rgb.jpg');
    const own = new WebAssembly.Memory({ initial: 3 });
    const at = 2 * pageBytes + 7;
    new Uint8Array(own.buffer, pageBytes, pageBytes + 7).fill(99);
    const bytes = new Uint8Array(own.buffer, at, jpeg.length);
    bytes.set(jpeg);
    const { end, writeRows } = decodeJpeg(bytes, own)!;
    expect(end).toBeGreaterThan(at + jpeg.length);
    writeRows(end, 0, 24);
    expect(Buffer.compare(Buffer.from(own.buffer, end, 4 * 32 * 24), rgbaOf(jpeg)!)).toBe(0);
    expect(new Set(new Uint8Array(own.buffer, pageBytes, pageBytes + 7))).toEqual(new Set([99]));
    expect(Buffer.compare(Buffer.from(own.buffer, at, jpeg.length), jpeg)).toBe(0);
  });

  it('writeRows in strips writes what it writes at once', () => {
    const jpeg = pillow.jpegs.find(({ name }) => name.startsWith('33 x 17 quality 90 subsampling 4:2:0'))!;
    const whole = Buffer.from(rgbaOf(bytesOf(jpeg))!);
    const { end, writeRows } = decodeJpeg(bytesOf(jpeg), memory)!;
    const strips = [0, 1, 4, 9, 17].map((from, index, starts) => {
      writeRows(end, from, starts[index + 1] ?? from);
      return Buffer.from(new Uint8Array(memory.buffer, end, 4 * 33 * ((starts[index + 1] ?? from) - from)));
    });
    expect(Buffer.compare(Buffer.concat(strips), whole)).toBe(0);
  });

  it('two memories hold two images', () => {
    const other = new WebAssembly.Memory({ initial: 0 });
    const colour = decodeJpeg(fixture('rgb.jpg'), other)!;
    rgbaOf(fixture('grey.jpg'));
    colour.writeRows(colour.end, 0, 24);
    const rgba = Buffer.from(other.buffer, colour.end, 4 * 32 * 24);
    expect(Buffer.compare(rgba, rgbaOf(fixture('rgb.jpg'))!)).toBe(0);
  });

  it('its tables fit the first page', async () => {
    const { decoderOf } = await import('../src/decoder-exports.ts');
    expect(decoderOf(memory).tablesEnd.value).toBeLessThanOrEqual(pageBytes);
  });
});
