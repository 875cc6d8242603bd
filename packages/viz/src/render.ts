import { assertChoice, assertOptions } from '@qualm/types';
import type { Image } from '@qualm/types';
import { assertLayers } from './assert-picture.ts';
import { draw, pixelsOf, styleOf } from './draw.ts';
import type { DrawOptions } from './draw.ts';
import { encode } from './encode.ts';
import type { EncodeOptions } from './encode.ts';
import type { Layer } from './layer.ts';
import { layout } from './layout.ts';
import type { Pixels } from './pixels.ts';
import { channelsOf } from './pixels.ts';
import { toSvg } from './to-svg.ts';
import { fullView } from './view.ts';
import type { View } from './view.ts';

export interface RenderOptions extends DrawOptions {
  readonly format: 'png' | 'jpeg' | 'svg';
  /** Of JPEG, 1..100; 90 when absent. */
  readonly quality?: number;
  /** The picture is made smaller, never larger, to fit into so many pixels; text and strokes suit
   * what comes out.
   */
  readonly maxWidth?: number;
  readonly maxHeight?: number;
}

/** An image with layers over it: bytes of a PNG or JPEG, or the text of one SVG that holds the
 * image too. Fills are painted first, the largest lowest, then strokes, then labels. Whatever
 * `options` says of style wins over the layers.
 * @throws RangeError for a style that cannot be (no colour, negative width) and for pixels of
 * another length; QualmError `image-missing`, `image-invalid`, `image-too-large`, `io`,
 * `unsupported`, `aborted`.
 * @example await render(Image.fromUri('street.jpg'), [box(b, { color: 'yellow' }), text('a', [5, 5])], { format: 'png' })
 */
export function render(
  image: Image | Pixels,
  layers: Layer | readonly Layer[],
  options: RenderOptions & { readonly format: 'svg' },
): Promise<string>;
export function render(
  image: Image | Pixels,
  layers: Layer | readonly Layer[],
  options: RenderOptions & { readonly format: 'png' | 'jpeg' },
): Promise<Uint8Array>;
export function render(
  image: Image | Pixels,
  layers: Layer | readonly Layer[],
  options: RenderOptions,
): Promise<Uint8Array | string>;
export async function render(
  image: Image | Pixels,
  layers: Layer | readonly Layer[],
  options: RenderOptions,
): Promise<Uint8Array | string> {
  assertOptions('render', options, "{ format: 'png' }");
  assertChoice('render', 'format', options.format, ['png', 'jpeg', 'svg']);
  assertLayers('render', layers);
  const pixels = await pixelsOf(image, options);
  channelsOf(pixels);
  return encodeView(pixels, layers, fitted(fullView({ width: pixels.width, height: pixels.height }), options), options);
}

/** One view of an image in the format that was asked for. */
export async function encodeView(
  pixels: Pixels,
  layers: Layer | readonly Layer[],
  view: View,
  options: RenderOptions,
): Promise<Uint8Array | string> {
  const { format, quality, maxWidth: _maxWidth, maxHeight: _maxHeight, ...drawing } = options;
  const encoding = (stored: EncodeOptions['format']) => ({ format: stored, ...(quality !== undefined && { quality }) });
  if (format !== 'svg') return encode(await draw(pixels, layers, view, drawing), encoding(format));
  const jpeg = await encode(await draw(pixels, [], view, drawing), encoding('jpeg'));
  const href = `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`;
  return toSvg(layout(layers, view, styleOf(drawing)), { href });
}

/** The view, smaller where it does not fit. */
export function fitted(view: View, { maxWidth = Infinity, maxHeight = Infinity }: RenderOptions): View {
  const { width, height } = view.picture;
  const scale = Math.min(1, maxWidth / width, maxHeight / height);
  if (!(scale > 0)) throw new RangeError(`render: maxWidth ${maxWidth}, maxHeight ${maxHeight}; expected at least 1`);
  const picture = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  return { ...view, picture };
}
