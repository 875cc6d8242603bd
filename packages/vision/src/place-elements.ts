import type { ElementBits } from './element-bits.ts';
import type { Placement } from './fit-image.ts';
import type { PixelLayout } from './pixel-layout.ts';

/** Copies the elements of a resized image to where it is placed in the image that starts at element
 * `start` of a tensor.
 * @param elements [3, height, width] or [height, width, 3] of the placement, as bytes
 */
export function placeElements(
  elements: Uint8Array,
  { width, channelStride, pixelStride }: PixelLayout,
  placement: Placement,
  data: ElementBits,
  start: number,
): void {
  const tensor = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const elementBytes = data.BYTES_PER_ELEMENT;
  const pixelBytes = pixelStride * elementBytes;
  const planes = 3 / pixelStride;
  const rowBytes = placement.width * pixelBytes;
  // Rows as wide as the input lie one after the other.
  const runs = placement.width === width ? 1 : placement.height;
  const runBytes = (placement.height / runs) * rowBytes;
  for (let plane = 0, from = 0; plane < planes; plane++) {
    const corner = plane * channelStride * elementBytes + (placement.top * width + placement.left) * pixelBytes;
    for (let run = 0; run < runs; run++, from += runBytes) {
      const to = start * elementBytes + corner + run * width * pixelBytes;
      tensor.set(elements.subarray(from, from + runBytes), to);
    }
  }
}
