import { decodeJpeg } from '@qualm/jpeg';
import type { DecodedJpeg } from '@qualm/jpeg';
import { QualmError } from '@qualm/types';
import type { Size } from '@qualm/types';
import type { ChannelTables } from './channel-tables.ts';
import { openPixelsProgram } from './pixels-program.ts';
import type { PixelsProgram } from './pixels-program.ts';
import { pixelsWasm } from './pixels-wasm.ts';
import { createWeights } from './create-weights.ts';
import type { Placement } from './fit-image.ts';
import type { Filter, InputRange, ResampleWeights } from './resample-weights.ts';
import type { RgbPixels } from './rgb-pixels.ts';

/** What an image is resized to, and which part of that is made. */
export interface Resizing extends Size {
  readonly filter: Filter;
  /** In pixels of the resized image; all of it when absent. */
  readonly part?: Placement;
}

/** How the elements of the output lie. */
export interface ElementOrder {
  /** What each byte value becomes, for the three channels in their order. */
  readonly tables: ChannelTables;
  /** Blue before green before red. */
  readonly isReversed: boolean;
  /** All of one channel before the next (NCHW); otherwise the channels of a pixel are together. */
  readonly isPlanar: boolean;
}

/** Pixels in WebAssembly, one image after the other: `load`, then `decode`, then a `resample`
 * function. Views that it returns hold until the next image.
 */
export interface PixelEngine {
  /** Memory that it holds. It grows to what the largest image needed. */
  readonly bytes: number;
  /** Starts a new image: room for its encoded bytes. */
  load(length: number): Uint8Array;
  /** The first bytes of those that were loaded: views of before `decode` may be empty after it. */
  encoded(length: number): Uint8Array;
  /** The JPEG of so many loaded bytes, decoded; null for what `decodeJpeg` leaves to other
   * decoders.
   */
  decode(length: number, maxPixels: number): DecodedJpeg | null;
  /** The decoded image in another size, or a part of that, as elements [3, height, width] or
   * [height, width, 3]. Pixels that nothing of it is made of are not looked at.
   * @throws QualmError `image-too-large` where that would take a gigabyte. */
  resampleDecoded(jpeg: DecodedJpeg, resizing: Resizing): Uint8Array;
  /** The same of pixels that another decoder made. */
  resamplePixels(pixels: RgbPixels, resizing: Resizing): Uint8Array;
}

/** Pixels from another decoder are taken in strips of about so many bytes. */
const stripBytes = 1 << 20;

/** Rows of a JPEG are taken in strips that the first cache of a core holds. */
const decodedBytes = 1 << 14;

/** What the rows between two passes, or the output, may take: WebAssembly addresses four times as
 * much.
 */
const maxPassBytes = 2 ** 30;

/** An engine that writes elements in one order; `wasmFile` is the place of `pixels.wasm`.
 * @throws QualmError `backend-unavailable` where that file is not there.
 * @example const engine = await createPixelEngine({ tables, isReversed: false, isPlanar: true });
 */
export async function createPixelEngine(
  { tables, isReversed, isPlanar }: ElementOrder,
  wasmFile: URL | string = pixelsWasm,
): Promise<PixelEngine> {
  const memory = new WebAssembly.Memory({ initial: 2 });
  const wasm = await openPixelsProgram(wasmFile, memory);
  const view = (at: number, length: number): Uint8Array => new Uint8Array(memory.buffer, at, length);
  const put = (bytes: Uint8Array): number => {
    const at = wasm.reserve(bytes.length);
    view(at, bytes.length).set(bytes);
    return at;
  };
  const weightsOf = createWeights();
  const elementBytes = tables[0].BYTES_PER_ELEMENT;
  for (const [channel, { buffer, byteOffset, byteLength }] of tables.entries()) {
    view(wasm.channelTable(channel), byteLength).set(new Uint8Array(buffer, byteOffset, byteLength));
  }
  wasm.setReversed(isReversed);
  let encodedAt = 0;

  const resample = (source: Size, resizing: Resizing, takeRows: (rows: readonly InputRange[]) => void): Uint8Array => {
    const { filter, part = { left: 0, top: 0, width: resizing.width, height: resizing.height } } = resizing;
    const { width, height } = part;
    assertRoom(source, resizing, part, elementBytes);
    const sides = { input: source.width, output: resizing.width, first: part.left, count: width, isDown: false };
    const ends = { input: source.height, output: resizing.height, first: part.top, count: height, isDown: true };
    const [across, down] = [weightsOf(sides, filter), weightsOf(ends, filter)];
    const [left, columns] = extentOf(across);
    const [, rows] = extentOf(down);
    const isFourPixels = filter === 'opencv-linear';
    wasm.startResampling(source.width, left, columns, rows, width, put(across.bytes), across.groups, isFourPixels);
    takeRows(down.ranges);
    const length = 3 * width * height * elementBytes;
    const target = wasm.reserve(length);
    const [step, plane] = isPlanar ? [1, width * height] : [3, 1];
    wasm.writeInput(target, height, put(down.bytes), down.groups, elementBytes, step, plane);
    return view(target, length);
  };

  return {
    get bytes() {
      return memory.buffer.byteLength;
    },
    load(length) {
      wasm.resetArena();
      encodedAt = wasm.reserve(length);
      return view(encodedAt, length);
    },
    encoded: (length) => view(encodedAt, length),
    decode(length, maxPixels) {
      const jpeg = decodeJpeg(view(encodedAt, length), memory, { maxPixels });
      if (jpeg) wasm.claim(jpeg.end);
      return jpeg;
    },
    resampleDecoded: (jpeg, resizing) => resample(jpeg, resizing, (rows) => takeDecoded(jpeg, rows, wasm)),
    resamplePixels(pixels, resizing) {
      wasm.resetArena();
      return resample(pixels, resizing, (rows) => takeStrips(pixels, rows, wasm, view));
    },
  };
}

/** Between the two passes an image is as wide as the output and as high as the source. */
function assertRoom(source: Size, target: Size, { width, height }: Size, elementBytes: number): void {
  if (4 * width * source.height <= maxPassBytes && 3 * width * height * elementBytes <= maxPassBytes) return;
  throw new QualmError(
    'image-too-large',
    `resize: ${source.width} x ${source.height} pixels to ${target.width} x ${target.height} would take more than ${maxPassBytes} bytes at once`,
  );
}

/** Where the inputs that are read begin, and how many there are from there to the last. */
function extentOf({ ranges }: ResampleWeights): [from: number, count: number] {
  const from = ranges[0]![0];
  return [from, ranges.at(-1)![1] - from];
}

function takeDecoded({ width, writeRows }: DecodedJpeg, ranges: readonly InputRange[], wasm: PixelsProgram): void {
  const rows = Math.max(1, Math.floor(decodedBytes / (4 * width)));
  const at = wasm.reserve(4 * width * rows);
  const first = ranges[0]![0];
  for (const [from, to] of strips(ranges, rows)) {
    writeRows(at, from, to);
    wasm.takeRgba(at, from - first, to - first);
  }
}

function takeStrips(
  { data, width }: RgbPixels,
  ranges: readonly InputRange[],
  wasm: PixelsProgram,
  view: (at: number, length: number) => Uint8Array,
): void {
  const rows = Math.max(1, Math.floor(stripBytes / (3 * width)));
  const at = wasm.reserve(3 * width * rows);
  const first = ranges[0]![0];
  for (const [from, to] of strips(ranges, rows)) {
    const strip = data.subarray(3 * width * from, 3 * width * to);
    view(at, strip.length).set(strip);
    wasm.takeRgb(at, from - first, to - first);
  }
}

/** Ranges cut into pieces of at most so many rows. */
function* strips(ranges: readonly InputRange[], rows: number): Generator<InputRange> {
  for (const [from, to] of ranges) for (let row = from; row < to; row += rows) yield [row, Math.min(to, row + rows)];
}
