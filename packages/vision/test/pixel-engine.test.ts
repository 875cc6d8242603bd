import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { channelTables } from '../src/channel-tables.ts';
import { jpegLayout } from '../src/jpeg-layout.ts';
import { createPixelEngine } from '../src/pixel-engine.ts';
import type { PixelEngine } from '../src/pixel-engine.ts';
import { decodeSettings } from '../src/read-header.ts';
import { rgbPixels } from '../src/rgb-pixels.ts';
import { coco, skipsCoco } from './coco.ts';
import { bytesOf, difference, pillow } from './pillow.ts';

let engine: PixelEngine;
beforeAll(async () => {
  engine = await createPixelEngine({ tables: channelTables({ dtype: 'uint8' }), isReversed: false, isPlanar: false });
});

/** RGB bytes of a JPEG, or null where the engine leaves it to sharp. */
function decoded(jpeg: Uint8Array): Uint8Array | null {
  const bytes = engine.load(jpeg.length);
  bytes.set(jpeg);
  const layout = jpegLayout(bytes);
  return layout && engine.decode(layout) ? engine.resampleDecoded(layout, layout, 'bilinear') : null;
}

function bySharp(jpeg: Uint8Array): Promise<Uint8Array | null> {
  return rgbPixels(sharp(jpeg, decodeSettings(jpeg))).then(
    ({ data }) => data,
    () => null,
  );
}

describe('createPixelEngine', () => {
  it.each(pillow.jpegs)('decode(JPEG of $name) equals what Pillow decodes', ({ data, width, height, sha256 }) => {
    const pixels = decoded(bytesOf(data))!;
    expect(pixels.length).toBe(3 * width * height);
    expect(createHash('sha256').update(pixels).digest('hex')).toBe(sha256);
  });

  it.each(['rgb.jpg', 'grey.jpg', 'exif-1.jpg'])('decode(%s) equals what Pillow decodes', (name) => {
    const pixels = decoded(bytesOf(pillow.files[name]!))!;
    expect(difference(pixels, bytesOf(pillow.decoded[name]!.pixels)).max).toBe(0);
  });

  it('decode(half a JPEG) is false, wherever it is cut', () => {
    const { data } = pillow.jpegs[0]!;
    const jpeg = bytesOf(data);
    for (let length = 0; length < jpeg.length; length++) expect(decoded(jpeg.subarray(0, length))).toBeNull();
  });

  it('decode(a restart marker out of turn) is false', () => {
    const { data } = pillow.jpegs.find(({ name }) => name.endsWith('4:4:4 restart_marker_blocks 1'))!;
    const jpeg = Buffer.from(data, 'base64');
    jpeg[jpeg.indexOf(Buffer.of(0xff, 0xd1)) + 1] = 0xd2;
    expect(decoded(jpeg)).toBeNull();
  });

  it('decode(mutated JPEG) is false, or the pixels that sharp decodes', async () => {
    // Tables come first and bear more changes than data.
    const place = fc.oneof(fc.nat(180), fc.nat(4000));
    const edits = fc.array(fc.tuple(place, fc.nat(7)), { minLength: 1, maxLength: 2 });
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...pillow.jpegs), edits, async ({ data }, changes) => {
        const jpeg = bytesOf(data);
        for (const [place, bit] of changes) jpeg[2 + (place % (jpeg.length - 2))]! ^= 1 << bit;
        const ours = decoded(jpeg)?.slice();
        if (!ours) return;
        taken++;
        const theirs = await bySharp(jpeg);
        if (theirs) expect(difference(ours, theirs).max).toBe(0);
      }),
      { numRuns: 2000 },
    );
    expect(taken).toBeGreaterThan(100);
  });

  it('resamplePixels refuses sizes that would take more than a gigabyte', () => {
    const data = new Uint8Array(3 * 40_000);
    const tall = { data, width: 1, height: 40_000 };
    for (const target of [
      { width: 10_000, height: 1 },
      { width: 40_000, height: 40_000 },
    ]) {
      expect(() => engine.resamplePixels(tall, target, 'bilinear')).toThrow('would take more than');
    }
  });

  it('resamplePixels takes rows in strips without a seam', () => {
    const [width, height] = [1000, 900];
    const data = Uint8Array.from({ length: 3 * width * height }, (_, i) => (i * 7919) >> 3);
    const whole = engine.resamplePixels({ data, width, height }, { width, height }, 'bilinear');
    expect(difference(whole, data).max).toBe(0);
  });
});

describe.skipIf(skipsCoco)('photographs of COCO val2017', () => {
  it('decode equals sharp on all of them', async () => {
    const folder = join(coco, 'images');
    const names = readdirSync(folder);
    for (const name of names) {
      const jpeg = readFileSync(join(folder, name));
      const ours = decoded(jpeg);
      expect(ours === null ? null : Buffer.compare(ours, (await bySharp(jpeg))!), name).toBe(0);
    }
    expect(names.length).toBeGreaterThan(0);
  });
});
