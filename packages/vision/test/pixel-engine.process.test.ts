import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import type { Size } from '@qualm/types';
import { channelTables } from '../src/channel-tables.ts';
import { createPixelEngine } from '../src/pixel-engine.ts';
import type { PixelEngine } from '../src/pixel-engine.ts';
import type { Filter } from '../src/resample-weights.ts';
import { decodeSettings } from '../src/read-header.ts';
import { rgbPixels } from '../src/rgb-pixels.ts';
import { coco, skipsCoco } from './coco.ts';
import { bytesOf, difference, pillow } from './pillow.ts';

const filters: readonly Filter[] = ['bilinear', 'bicubic', 'lanczos3', 'nearest', 'opencv-linear'];
const tables = channelTables({ dtype: 'uint8' });
let engine: PixelEngine;
beforeAll(async () => {
  engine = await createPixelEngine({ tables, isReversed: false, isPlanar: false });
});

/** RGB bytes of a JPEG, or null where the engine leaves it to sharp. */
function decoded(jpeg: Uint8Array): Uint8Array | null {
  engine.load(jpeg.length).set(jpeg);
  const image = engine.decode(jpeg.length, Infinity);
  return image && engine.resampleDecoded(image, { ...sizeOf(image), filter: 'bilinear' });
}

function sizeOf({ width, height }: Size): Size {
  return { width, height };
}

function bySharp(jpeg: Uint8Array): Promise<Uint8Array | null> {
  return rgbPixels(sharp(jpeg, decodeSettings(jpeg))).then(
    ({ data }) => data,
    () => null,
  );
}

describe('createPixelEngine', () => {
  it('resampleDecoded(photograph) equals resamplePixels of what sharp decodes', async () => {
    const jpeg = bytesOf(pillow.files['rgb.jpg']!);
    const target = { width: 20, height: 17, filter: 'bicubic' } as const;
    engine.load(jpeg.length).set(jpeg);
    const ours = engine.resampleDecoded(engine.decode(jpeg.length, Infinity)!, target).slice();
    const pixels = await rgbPixels(sharp(jpeg, decodeSettings(jpeg)));
    expect(difference(ours, engine.resamplePixels(pixels, target)).max).toBe(0);
  });

  it('encoded(length) is what was loaded, also where decoding made the memory grow and failed', async () => {
    const large = await sharp({ create: { width: 1000, height: 800, channels: 3, background: 'teal' } })
      .jpeg()
      .toBuffer();
    const fresh = await createPixelEngine({ tables, isReversed: false, isPlanar: false });
    const half = large.subarray(0, -100);
    const view = fresh.load(half.length);
    view.set(half);
    expect(fresh.decode(half.length, Infinity)).toBeNull();
    expect(view).toHaveLength(0);
    expect(difference(fresh.encoded(half.length), half).max).toBe(0);
  });

  it('resamplePixels refuses sizes that would take more than a gigabyte', () => {
    const data = new Uint8Array(3 * 40_000);
    const tall = { data, width: 1, height: 40_000 };
    for (const target of [
      { width: 10_000, height: 1 },
      { width: 40_000, height: 40_000 },
    ]) {
      expect(() => engine.resamplePixels(tall, { ...target, filter: 'bilinear' })).toThrow('would take more than');
    }
  });

  it('resamplePixels takes rows in strips without a seam', () => {
    const [width, height] = [1000, 900];
    const data = Uint8Array.from({ length: 3 * width * height }, (_, i) => (i * 7919) >> 3);
    const whole = engine.resamplePixels({ data, width, height }, { width, height, filter: 'bilinear' });
    expect(difference(whole, data).max).toBe(0);
  });
});

describe('part of a resized image', () => {
  const [width, height] = [37, 29];
  const data = Uint8Array.from({ length: 3 * width * height }, (_, i) => (i * 7919) >> 3);
  const side = fc.integer({ min: 1, max: 60 });
  const parts = fc.record({ width: side, height: side, filter: fc.constantFrom<Filter>(...filters) }).chain((whole) =>
    fc.record({
      whole: fc.constant(whole),
      left: fc.nat(whole.width - 1),
      top: fc.nat(whole.height - 1),
      right: fc.nat(whole.width - 1),
      bottom: fc.nat(whole.height - 1),
    }),
  );

  it('resamplePixels(pixels, { part }) is that part of the whole', () => {
    fc.assert(
      fc.property(parts, ({ whole, left, top, right, bottom }) => {
        const part = {
          left: Math.min(left, right),
          top: Math.min(top, bottom),
          width: Math.abs(right - left) + 1,
          height: Math.abs(bottom - top) + 1,
        };
        const all = engine.resamplePixels({ data, width, height }, whole).slice();
        const made = engine.resamplePixels({ data, width, height }, { ...whole, part });
        const rows = Array.from({ length: part.height }, (_, y) => {
          const at = 3 * ((part.top + y) * whole.width + part.left);
          return [...all.subarray(at, at + 3 * part.width)];
        });
        expect([...made]).toEqual(rows.flat());
      }),
    );
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
