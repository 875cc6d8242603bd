import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { assertOptions, QualmError } from '@qualm/types';
import type { Image } from '@qualm/types';
import { assertImage } from './assert-picture.ts';
import { decode } from './decode.ts';
import type { Layer } from './layer.ts';
import { layout } from './layout.ts';
import { channelsOf } from './pixels.ts';
import type { Pixels } from './pixels.ts';
import { rasterise } from './rasterise.ts';
import type { Style } from './style.ts';
import type { View } from './view.ts';

/** Where pictures come from, and what they are drawn with. */
export interface DrawOptions extends Style {
  /** TrueType or OpenType files for characters that the shipped font (Latin, Greek, Cyrillic,
   * Hebrew) lacks.
   */
  readonly fontFiles?: readonly string[];
  /** Images with more pixels than this are refused by their header; 100 million when absent. */
  readonly maxPixels?: number;
  /** Decodes images instead of this package: for URIs that are not files, or to read them exactly
   * as a model does.
   */
  readonly decode?: (image: Image, options: { readonly signal?: AbortSignal }) => Promise<Pixels>;
  readonly signal?: AbortSignal;
}

/** The pixels of an image, decoded where it is not pixels already. */
export async function pixelsOf(image: Image | Pixels, options: DrawOptions): Promise<Pixels> {
  assertImage('render', image);
  assertOptions('render', options, "{ format: 'png' }");
  const { maxPixels = 100_000_000, signal } = options;
  assertNotAborted(signal);
  if ('data' in image) return image;
  const pixels = await (options.decode?.(image, signal ? { signal } : {}) ?? decode(image, maxPixels));
  assertNotAborted(signal);
  return pixels;
}

/** A part of an image with layers over it, not encoded yet. */
export async function draw(
  pixels: Pixels,
  layers: Layer | readonly Layer[],
  view: View,
  options: DrawOptions,
): Promise<Sharp> {
  const list = layout(layers, view, styleOf(options));
  const base = viewOf(pixels, view);
  if (list.fills.length + list.strokes.length + list.labels.length === 0) return base;
  const overlay = await rasterise(list, options.fontFiles);
  assertNotAborted(options.signal);
  const { width, height } = view.picture;
  const { data } = await base.raw().toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: { width, height, channels: 3 } })
    .composite([{ input: overlay, raw: { width, height, channels: 4 }, premultiplied: true }])
    .removeAlpha();
}

/** The style among the options. */
export function styleOf(options: DrawOptions): Style {
  const { fontFiles: _fontFiles, maxPixels: _maxPixels, decode: _decode, signal: _signal, ...style } = options;
  return style;
}

function viewOf(pixels: Pixels, { region, picture, image }: View): Sharp {
  const { width, height, data } = pixels;
  const base = sharp(data, { raw: { width, height, channels: channelsOf(pixels) } })
    .toColourspace('srgb')
    .removeAlpha();
  const isWhole = region.width === image.width && region.height === image.height;
  if (!isWhole) base.extract({ left: region.x, top: region.y, width: region.width, height: region.height });
  const isSameSize = region.width === picture.width && region.height === picture.height;
  return isSameSize ? base : base.resize(picture.width, picture.height, { fit: 'fill' });
}

function assertNotAborted(signal?: AbortSignal): void {
  if (signal?.aborted) throw new QualmError('aborted', 'render: stopped by the caller', { cause: signal.reason });
}
