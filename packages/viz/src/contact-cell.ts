import sharp from 'sharp';
import { assertOptions, QualmError } from '@qualm/types';
import type { Image, Size } from '@qualm/types';
import { cropRegion } from './crop-region.ts';
import { draw, pixelsOf } from './draw.ts';
import type { DrawOptions } from './draw.ts';
import { text } from './layer.ts';
import type { BoxLike, Layer } from './layer.ts';
import type { Pixels } from './pixels.ts';
import { channelsOf } from './pixels.ts';
import { fullView } from './view.ts';
import type { View } from './view.ts';

/** One picture of a contact sheet. */
export interface ContactCell {
  readonly image: Image | Pixels;
  /** Only this part of the image is shown, and `context` times its longer side on each side of it;
   * 0.35 when absent.
   */
  readonly box?: BoxLike;
  readonly context?: number;
  readonly layers?: Layer | readonly Layer[];
  /** Under the picture, in as many lines as the sheet has for it. */
  readonly caption?: string;
}

/** What a cell looks like: the picture's size, and the strip under it. */
export interface CellGeometry {
  readonly picture: Size;
  readonly captionHeight: number;
  readonly fontSize: number;
  readonly background: string;
  readonly ink: string;
}

const unopened = new Set(['image-missing', 'image-invalid', 'image-too-large', 'io', 'unsupported']);

/** RGB of one cell. An image that cannot be decoded becomes a cell that says so. */
export async function drawCell(cell: ContactCell, geometry: CellGeometry, options: DrawOptions): Promise<Uint8Array> {
  assertOptions('contactSheet', cell, "{ image, caption: 'dog' }", 'a cell');
  const [picture, caption] = await Promise.all([
    drawPicture(cell, geometry, options),
    drawCaption(cell.caption ?? '', geometry, options),
  ]);
  return Buffer.concat([picture, caption]);
}

async function drawPicture(cell: ContactCell, geometry: CellGeometry, options: DrawOptions): Promise<Uint8Array> {
  const { picture: frame, background } = geometry;
  const pixels = await pixelsOf(cell.image, options).catch((error: unknown) => {
    if (QualmError.is(error) && unopened.has(error.code)) return error;
    throw error;
  });
  if (QualmError.is(pixels)) return drawStrip(pixels.code, frame, geometry, options);
  try {
    channelsOf(pixels);
    const view = cellView(cell, pixels, frame);
    const drawn = await (await draw(pixels, cell.layers ?? [], view, options)).raw().toBuffer();
    const { width, height } = view.picture;
    const [left, top] = [Math.floor((frame.width - width) / 2), Math.floor((frame.height - height) / 2)];
    const margins = { left, top, right: frame.width - width - left, bottom: frame.height - height - top };
    return await sharp(drawn, { raw: { width, height, channels: 3 } })
      .extend({ ...margins, background })
      .raw()
      .toBuffer();
  } catch (error) {
    if (!QualmError.is(error) || !error.code.startsWith('image-')) throw error;
    return drawStrip(error.code, frame, geometry, options);
  }
}

function cellView({ box, context = 0.35 }: ContactCell, pixels: Pixels, frame: Size): View {
  const size = { width: pixels.width, height: pixels.height };
  const region = box ? cropRegion(box, size, context, frame.width / frame.height) : fullView(size).region;
  const scale = Math.min(frame.width / region.width, frame.height / region.height);
  const side = (length: number, most: number) => Math.min(most, Math.max(1, Math.round(length * scale)));
  const picture = { width: side(region.width, frame.width), height: side(region.height, frame.height) };
  return { image: size, region, picture };
}

function drawCaption(caption: string, geometry: CellGeometry, options: DrawOptions): Promise<Uint8Array> {
  const size = { width: geometry.picture.width, height: geometry.captionHeight };
  if (size.height === 0) return Promise.resolve(new Uint8Array());
  return drawStrip(caption, size, geometry, options);
}

/** Text on an empty ground. */
async function drawStrip(
  content: string,
  size: Size,
  geometry: CellGeometry,
  options: DrawOptions,
): Promise<Uint8Array> {
  const { ink: color, background, fontSize } = geometry;
  const ground = await sharp({ create: { ...size, channels: 3, background } })
    .raw()
    .toBuffer();
  const layer = text(content, [0, fontSize / 4], { color, background: 'transparent', fontSize, padding: 2 });
  const { fontFiles, signal } = options;
  const drawn = await draw({ ...size, data: ground }, layer, fullView(size), {
    ...(fontFiles && { fontFiles }),
    ...(signal && { signal }),
  });
  return drawn.raw().toBuffer();
}
