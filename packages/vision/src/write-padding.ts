import type { ElementBits } from './element-bits.ts';
import type { Placement } from './fit-image.ts';
import type { PixelLayout } from './pixel-layout.ts';

/** Writes the normalised pad value on the four sides of a placed image; pixels of the image are
 * left alone.
 */
export function writePadding(
  pad: number,
  layout: PixelLayout,
  { left, top, width, height }: Placement,
  data: ElementBits,
  start: number,
): void {
  const bottom = top + height;
  fillPixels(pad, layout, data, start, 0, top * layout.width);
  fillPixels(pad, layout, data, start, bottom * layout.width, layout.height * layout.width);
  if (width === layout.width) return;
  for (let row = top; row < bottom; row++) {
    fillPixels(pad, layout, data, start, row * layout.width, row * layout.width + left);
    fillPixels(pad, layout, data, start, row * layout.width + left + width, (row + 1) * layout.width);
  }
}

function fillPixels(
  pad: number,
  { tables, pixelStride, channelStride }: PixelLayout,
  data: ElementBits,
  start: number,
  from: number,
  to: number,
): void {
  for (let channel = 0; channel < 3; channel++) {
    const value = tables[channel]![pad]!;
    const first = start + channel * channelStride;
    if (pixelStride === 1) data.fill(value, first + from, first + to);
    else for (let pixel = from; pixel < to; pixel++) data[first + pixel * pixelStride] = value;
  }
}
