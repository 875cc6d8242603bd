import type { Size } from '@qualm/types';

/** Pixels row by row, 8 bits, RGB: `data.length` is 3 * width * height; grey (1 channel) and RGBA
 * (4) are taken as well.
 */
export interface Pixels extends Size {
  readonly data: Uint8Array;
}

/** Channels of the pixels: 1, 3 or 4.
 * @throws RangeError when the data does not have as many bytes.
 */
export function channelsOf({ data, width, height }: Pixels): 1 | 3 | 4 {
  const channels = data.length / (width * height);
  const isSize = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (isSize && (channels === 1 || channels === 3 || channels === 4)) return channels;
  throw new RangeError(
    `render: ${width} x ${height} pixels came with ${data.length} bytes; expected 1, 3 or 4 for each pixel, and at least one pixel`,
  );
}
