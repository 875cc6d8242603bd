import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { Image } from '@qualm/types';
import { colorLayout } from '../src/describe/color-layout.ts';
import { describedNumbers } from '../src/describe/describe-picture.ts';
import { edgeHistogram } from '../src/describe/edge-histogram.ts';
import { describePicture } from '../src/index.ts';
import type { Pixels } from '../src/index.ts';
import { plain } from './pictures.ts';

interface Fixture {
  readonly versions: Readonly<Record<string, string>>;
  readonly pictures: readonly {
    readonly name: string;
    readonly colorLayout: number[];
    readonly edgeHistogram: number[];
    /** By Pillow, which cuts off what is below a whole number. */
    readonly meanLuma: number;
  }[];
}

/** What fixtures/describe/generate.py wrote. */
const fixture = JSON.parse(
  readFileSync(new URL('../fixtures/describe/describe.json', import.meta.url), 'utf8'),
) as Fixture;

type Rgb = readonly [number, number, number];

function draw(colorAt: (x: number, y: number) => Rgb, side = 64): Pixels {
  const data = new Uint8Array(3 * side * side);
  for (let at = 0; at < side * side; at++) data.set(colorAt(at % side, Math.floor(at / side)).map(clip), 3 * at);
  return { data, width: side, height: side };
}

const clip = (value: number): number => Math.min(255, Math.max(0, value));
const noise = (x: number, y: number, channel: number): number =>
  (((7919 * x + 104729 * y + 613 * channel) % 65521) * 31) % 256;

/** As the program draws them. */
const pictures: Readonly<Record<string, Pixels>> = {
  ramps: draw((x, y) => [4 * x, 4 * y, 255 - 2 * x - 2 * y]),
  noise: draw((x, y) => [noise(x, y, 0), noise(x, y, 1), noise(x, y, 2)]),
  disc: draw((x, y) => ((x - 25) ** 2 + (y - 35) ** 2 < 225 ? [220, 40, 10] : [20, 90, 200])),
  stripes: draw((x, y) => ((x + 2 * y) % 12 < 6 ? [240, 240, 240] : [15, 15, 15])),
};

describe.each(fixture.pictures)('of the picture $name', (row) => {
  it(`colorLayout(pixels) is what the cosine transform of SciPy ${fixture.versions['scipy']} gives`, () => {
    const found = colorLayout(pictures[row.name]!);
    expect(found.length).toBe(row.colorLayout.length);
    // Cb and Cr are of rounded factors.
    row.colorLayout.forEach((value, at) => {
      expect(found[at]).toBeCloseTo(value, 6);
    });
    expect(Math.abs(found[0]! * 255 - row.meanLuma)).toBeLessThan(1);
  });

  it('edgeHistogram(pixels) is what its correlation gives', () => {
    const found = edgeHistogram(pictures[row.name]!);
    row.edgeHistogram.forEach((share, at) => {
      expect(found[at]).toBeCloseTo(share, 6);
    });
  });
});

describe('describePicture(image)', () => {
  const distance = async (a: Parameters<typeof describePicture>[0], b: typeof a): Promise<number> => {
    const [one, two] = await Promise.all([describePicture(a), describePicture(b)]);
    return Math.hypot(...one.map((value, at) => value - two[at]!));
  };
  const { ramps, disc } = pictures as Readonly<Record<'ramps' | 'disc', Pixels>>;
  const raw = { width: 64, height: 64, channels: 3 } as const;

  it('is 138 finite numbers of a picture of any size', async () => {
    for (const [width, height] of [
      [1, 1],
      [1, 4000],
      [3, 200],
    ] as const) {
      const found = await describePicture(plain(width, height, [9, 90, 200]));
      expect(found.length).toBe(describedNumbers);
      expect(found.every(Number.isFinite)).toBe(true);
    }
  });

  it('tells a copy, smaller and compressed anew, from another picture', async () => {
    const small = await sharp(disc.data, { raw }).resize(52, 52).jpeg({ quality: 60 }).toBuffer();
    const copy = await distance(disc, Image.fromBytes(small));
    expect(copy).toBeLessThan(0.06);
    expect(await distance(disc, ramps)).toBeGreaterThan(4 * copy);
  });

  it('is the root mean square difference of colours where nothing has an edge', async () => {
    const [dark, light] = [plain(40, 40, [50, 50, 50]), plain(40, 40, [101, 101, 101])];
    expect(await distance(dark, light)).toBeCloseTo(51 / 255, 5);
  });

  it('is the same of grey and of RGBA pixels', async () => {
    const grey: Pixels = { data: new Uint8Array(64).fill(80), width: 8, height: 8 };
    const opaque = Uint8Array.from({ length: 256 }, (_, at) => (at % 4 === 3 ? 255 : 80));
    const found = await describePicture(grey);
    expect(await describePicture(plain(8, 8, [80, 80, 80]))).toEqual(found);
    expect(await describePicture({ data: opaque, width: 8, height: 8 })).toEqual(found);
  });

  it('refuses what is no picture', async () => {
    const broken = Image.fromBytes(new TextEncoder().encode('no picture'));
    await expect(describePicture(broken)).rejects.toMatchObject({ code: 'image-invalid' });
  });
});
