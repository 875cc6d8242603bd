/* A row of pixels as a row of the model's input. */

/** What each byte value becomes, for the three channels of the input: 256 elements of up to 4 bytes each. */
const tableBytes: usize = 1024;
const tables = memory.data(3 * 1024, 16);

/** The byte of a pixel that each channel of the input takes: 0, 1, 2 or 2, 1, 0. */
let isReversed: bool = false;

export function channelTable(channel: i32): usize {
  return tables + <usize>channel * tableBytes;
}

export function setReversed(reversed: bool): void {
  isReversed = reversed;
}

/** @param step elements from one pixel to the next
 * @param plane elements from one channel to the next
 */
// @ts-ignore: decorator
@inline
function write<Element>(target: usize, pixels: usize, width: i32, step: i32, plane: i32): void {
  const size = sizeof<Element>();
  const pixelBytes = <usize>step * size;
  const planeBytes = <usize>plane * size;
  const reversed = isReversed;
  const end = pixels + (<usize>width << 2);
  for (; pixels < end; pixels += 4, target += pixelBytes) {
    const pixel = load<u32>(pixels);
    const a = <usize>(reversed ? (pixel >> 16) & 255 : pixel & 255);
    const c = <usize>(reversed ? pixel & 255 : (pixel >> 16) & 255);
    const b = <usize>((pixel >> 8) & 255);
    store<Element>(target, load<Element>(tables + a * size));
    store<Element>(target + planeBytes, load<Element>(tables + b * size, tableBytes));
    store<Element>(target + 2 * planeBytes, load<Element>(tables + c * size, 2 * tableBytes));
  }
}

/** Writes a row of pixels through the tables.
 * @param bytes of an element: 1, 2 or 4
 */
export function writeElements(target: usize, pixels: usize, width: i32, bytes: i32, step: i32, plane: i32): void {
  if (bytes == 4) write<u32>(target, pixels, width, step, plane);
  else if (bytes == 2) write<u16>(target, pixels, width, step, plane);
  else write<u8>(target, pixels, width, step, plane);
}
