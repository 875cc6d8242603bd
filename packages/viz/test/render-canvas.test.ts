import { createCanvas, GlobalFonts, loadImage, Path2D } from '@napi-rs/canvas';
import sharp from 'sharp';
import { Box2d, Mask } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import { shippedFont } from '../src/font.ts';
import {
  box,
  cocoSkeleton,
  compose,
  heatmap,
  keypoints,
  mask,
  polygon,
  render,
  renderCanvas,
  text,
} from '../src/index.ts';
import type { CanvasContext, Layer } from '../src/index.ts';
import { plain } from './pictures.ts';

GlobalFonts.registerFromPath(shippedFont(), 'Arimo');

const size = { width: 320, height: 240 };
const grey = plain(size.width, size.height, [120, 120, 120]);
const createPath = (data: string): unknown => new Path2D(data);
const ring = [20, 20, 120, 30, 100, 140, 30, 120];

const scenes: Readonly<Record<string, Layer>> = {
  boxes: compose(
    box(new Box2d(10, 40, 130, 150), { label: 'cat 0.51 · dog 0.44', color: 'yellow', strokeWidth: 3 }),
    box(new Box2d(140, 60, 300, 200), { label: 'a\nb', dash: [8, 4], fillOpacity: 0.3, opacity: 0.8 }),
  ),
  'masks and polygons': compose(
    mask(Mask.fromPolygons([ring], size), { color: 'blue', label: 'mask' }),
    polygon(
      [
        [
          [200, 20],
          [300, 40],
          [220, 120],
        ],
      ],
      { color: 'teal' },
    ),
  ),
  'heat and points': compose(
    heatmap(
      Float32Array.from({ length: 12 }, (_, index) => index / 12),
      { columns: 4, rows: 3 },
    ),
    keypoints(
      Array.from({ length: 17 }, (_, index) => [30 + 15 * index, 100 + 20 * (index % 3)] as const),
      { skeleton: cocoSkeleton },
    ),
  ),
  'words without a plate': text('least sure <first>', [160, 120], { fontSize: 22 }),
};

async function onCanvas(layers: Layer, image?: unknown): Promise<Buffer> {
  const canvas = createCanvas(size.width, size.height);
  const context = canvas.getContext('2d') as unknown as CanvasContext;
  renderCanvas(context, size, layers, { ...(image !== undefined && { image }), createPath });
  return sharp(canvas.toBuffer('image/png')).removeAlpha().raw().toBuffer();
}

/** The part of the pixels of which a channel differs by more than 48 of 255: two rasterisers, two
 * ways to smooth an edge.
 */
function apart(first: Uint8Array, second: Uint8Array): number {
  let count = 0;
  for (let pixel = 0; pixel < first.length; pixel += 3)
    if ([0, 1, 2].some((channel) => Math.abs(first[pixel + channel]! - second[pixel + channel]!) > 48)) count++;
  return count / (first.length / 3);
}

describe('renderCanvas(context, size, layers, options)', () => {
  it.each(Object.entries(scenes))('draws %s as render does', async (_, scene) => {
    const png = await render(grey, scene, { format: 'png' });
    const wanted = await sharp(png).removeAlpha().raw().toBuffer();
    const image = await loadImage(
      await sharp(grey.data, { raw: { ...size, channels: 3 } })
        .png()
        .toBuffer(),
    );
    const drawn = await onCanvas(scene, image);
    const bare = await sharp(grey.data, { raw: { ...size, channels: 3 } })
      .raw()
      .toBuffer();
    expect(apart(wanted, bare)).toBeGreaterThan(0.01);
    expect(apart(drawn, wanted)).toBeLessThan(0.006);
  });

  it('leaves the context as it was', () => {
    const context = createCanvas(10, 10).getContext('2d');
    context.globalAlpha = 0.5;
    context.fillStyle = '#123456';
    renderCanvas(context as unknown as CanvasContext, size, scenes['boxes']!, { createPath });
    expect([context.globalAlpha, context.fillStyle]).toEqual([0.5, '#123456']);
  });

  it('says what is missing where there is no Path2D', () => {
    const context = createCanvas(10, 10).getContext('2d') as unknown as CanvasContext;
    expect(() => renderCanvas(context, size, scenes['boxes']!)).toThrow('pass createPath of your canvas library');
  });
});
