import type { InputSpec } from '@qualm/types';
import type { ChannelTables } from './channel-tables.ts';
import type { ElementBits } from './element-bits.ts';
import type { RgbPixels } from './rgb-pixels.ts';
import type { Placement } from './fit-image.ts';

/** How a pixel of the input is laid out in the batch tensor. */
export interface PixelLayout {
  readonly width: number;
  readonly height: number;
  /** Elements from one pixel to the next. */
  readonly pixelStride: 1 | 3;
  /** Elements from one channel to the next. */
  readonly channelStride: number;
  /** The byte of an RGB pixel that each channel of the input takes. */
  readonly sources: readonly [number, number, number];
  readonly tables: ChannelTables;
  /** Rows can be copied as they are: RGB bytes in, RGB bytes out. */
  readonly isCopy: boolean;
}

/** The layout of an input and its tables. */
export function pixelLayout(input: InputSpec, tables: ChannelTables): PixelLayout {
  const { width, height } = input.size;
  const nhwc = input.layout === 'nhwc';
  return {
    width,
    height,
    pixelStride: nhwc ? 3 : 1,
    channelStride: nhwc ? 1 : width * height,
    sources: input.channels === 'rgb' ? [0, 1, 2] : [2, 1, 0],
    tables,
    isCopy: nhwc && input.dtype === 'uint8' && input.channels === 'rgb',
  };
}

/** Writes rows `from` to `to` of the pixels, normalised, where they are placed in the image that starts at `start`. */
export function writePixels(
  pixels: RgbPixels,
  layout: PixelLayout,
  { left, top }: Placement,
  data: ElementBits,
  start: number,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row++) {
    const target = start + ((top + row) * layout.width + left) * layout.pixelStride;
    const source = row * pixels.width * 3;
    if (layout.isCopy) data.set(pixels.data.subarray(source, source + pixels.width * 3), target);
    else writeRow(pixels.data, source, pixels.width, layout, data, target);
  }
}

function writeRow(
  bytes: Uint8Array,
  source: number,
  width: number,
  { sources, tables, pixelStride, channelStride }: PixelLayout,
  data: ElementBits,
  target: number,
): void {
  const [first, second, third] = tables;
  const [a, b, c] = sources;
  let to = target;
  for (let from = source, end = source + 3 * width; from < end; from += 3, to += pixelStride) {
    data[to] = first[bytes[from + a]!]!;
    data[to + channelStride] = second[bytes[from + b]!]!;
    data[to + 2 * channelStride] = third[bytes[from + c]!]!;
  }
}
