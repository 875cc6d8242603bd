import { assertBytes, assertMemory, assertOptions, assertRows } from './assert-arguments.ts';
import { decoderOf } from './decoder-exports.ts';
import type { DecoderExports } from './decoder-exports.ts';
import { jpegLayout } from './jpeg-layout.ts';
import type { JpegLayout } from './jpeg-layout.ts';

/** A `WebAssembly.Memory`, not shared. */
export interface JpegMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** Options of `decodeJpeg`. */
export interface DecodeJpegOptions {
  /** Images of more pixels are not decoded: null comes back. At most, and by default, 2^28, whose
   * planes WebAssembly can hold.
   */
  readonly maxPixels?: number;
}

/** An image whose planes lie in the memory. It holds until `decodeJpeg` is called with the same
 * memory again.
 */
export interface DecodedJpeg {
  readonly width: number;
  readonly height: number;
  /** The first address behind everything that the image needs. */
  readonly end: number;
  /** Writes rows `from` to `to` (not included) at an address of `end` or more, where the memory
   * grows as it has to: four bytes a pixel, red, green, blue and 255, `4 * width` bytes a row.
   * Up to 64 bytes behind them are overwritten.
   * @throws RangeError for an address below `end`, and for rows that the image has not. */
  writeRows(at: number, from: number, to: number): void;
}

const largest = 2 ** 28;

/** The first page of a memory is the decoder's, for its tables. */
const pageBytes = 1 << 16;

/** Decodes a JPEG as nearly all photographs are: one sequential scan, Huffman-coded, 8 bits, grey
 * or YCbCr with chroma in full size or halved (4:4:4, 4:2:2, 4:2:0), not turned by EXIF. Its
 * pixels are those of libjpeg-turbo's default settings, to the last bit. Null for every other
 * content: another decoder has to say what that is. Null, too, for data that is not sound to its
 * last byte.
 *
 * The first 64 KiB of the memory are the decoder's. Bytes that lie in the memory are read where
 * they are, and everything behind them is overwritten; other bytes are copied to the second page.
 * The memory grows as it has to, which empties the views that were made of it before.
 * @throws RangeError for what is not a Uint8Array or no memory, and for bytes in the first page;
 * the engine's RuntimeError where the memory cannot grow.
 * @see ITU-T T.81
 * @example
 * const memory = new WebAssembly.Memory({ initial: 1 });
 * const { width, height, end, writeRows } = decodeJpeg(await readFile('street.jpg'), memory)!;
 * writeRows(end, 0, height);
 * const rgba = new Uint8Array(memory.buffer, end, 4 * width * height);
 */
export function decodeJpeg(bytes: Uint8Array, memory: JpegMemory, options: DecodeJpegOptions = {}): DecodedJpeg | null {
  assertBytes(bytes);
  assertMemory(memory);
  assertOptions(options);
  const { maxPixels = largest } = options;
  const layout = jpegLayout(bytes);
  if (!layout || layout.width * layout.height > Math.min(maxPixels, largest)) return null;
  const decoder = decoderOf(memory);
  const { length } = bytes;
  const at = place(bytes, memory, decoder);
  return decode(layout, decoder, at, at + length) ? decoded(layout, decoder) : null;
}

/** Where the bytes lie in the memory; the decoder's arena starts behind them. */
function place(bytes: Uint8Array, memory: JpegMemory, decoder: DecoderExports): number {
  const { byteOffset, length } = bytes;
  if (bytes.buffer === memory.buffer) {
    if (byteOffset < pageBytes) {
      throw new RangeError(`decodeJpeg: its bytes start at ${byteOffset}; expected an address from ${pageBytes} on`);
    }
    decoder.startArena(byteOffset + length);
    return byteOffset;
  }
  decoder.startArena(pageBytes + length);
  new Uint8Array(memory.buffer, pageBytes, length).set(bytes);
  return pageBytes;
}

function decode(layout: JpegLayout, decoder: DecoderExports, at: number, end: number): boolean {
  const { width, height, components, quantisation, huffman, restartInterval, scan } = layout;
  for (const table of quantisation) decoder.setQuantisation(table.destination, at + table.at);
  for (const { isAc, destination, at: offset } of huffman) {
    if (!decoder.buildHuffmanTable(isAc, destination, at + offset)) return false;
  }
  for (const [index, { across, down, quantisation, dc, ac }] of components.entries()) {
    decoder.setComponent(index, across, down, quantisation, dc, ac);
  }
  return !!decoder.decodeScan(at + scan, end, width, height, components.length, restartInterval);
}

function decoded({ width, height, components }: JpegLayout, decoder: DecoderExports): DecodedJpeg {
  decoder.startRows(width, height, components.length);
  // WebAssembly's addresses of 32 bits come as signed numbers.
  const end = decoder.arenaEnd() >>> 0;
  return {
    width,
    height,
    end,
    writeRows(at, from, to) {
      assertRows({ at, from, to }, { end, height });
      decoder.writeRows(at, from, to);
    },
  };
}
