import { decodeJpeg } from '@qualm/jpeg';
import type { DecodedJpeg } from '@qualm/jpeg';
import { QualmError } from '@qualm/types';
import type { Size } from '@qualm/types';
import type { ChannelTables } from './channel-tables.ts';
import { pixelsWasm, readPixelsWasm } from './pixels-wasm.ts';
import { resampleWeights } from './resample-weights.ts';
import type { Filter, ResampleWeights } from './resample-weights.ts';
import type { RgbPixels } from './rgb-pixels.ts';

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
  /** The decoded image in another size, as elements [3, height, width] or [height, width, 3].
   * @throws QualmError `image-too-large` where that would take a gigabyte. */
  resampleDecoded(jpeg: DecodedJpeg, target: Size, filter: Filter): Uint8Array;
  /** The same of pixels that another decoder made. */
  resamplePixels(pixels: RgbPixels, target: Size, filter: Filter): Uint8Array;
}

/** What `assembly/index.ts` exports. */
interface Exports {
  resetArena(): void;
  claim(end: number): void;
  reserve(bytes: number): number;
  startResampling(width: number, height: number, output: number, weights: number, groups: number): void;
  takeRgb(at: number, from: number, to: number): void;
  takeRgba(at: number, from: number, to: number): void;
  writeInput(
    target: number,
    rows: number,
    weights: number,
    groups: number,
    bytes: number,
    step: number,
    plane: number,
  ): void;
  channelTable(channel: number): number;
  setReversed(isReversed: boolean): void;
}

/** Pixels from another decoder are taken in strips of about so many bytes. */
const stripBytes = 1 << 20;

/** Rows of a JPEG are taken in strips that the first cache of a core holds. */
const decodedBytes = 1 << 14;

/** What the rows between two passes, or the output, may take: WebAssembly addresses four times as
 * much.
 */
const maxPassBytes = 2 ** 30;

/** Weights for so many pairs of sizes are kept. */
const maxWeights = 64;

const compiled = new Map<string, Promise<WebAssembly.Module>>();

/** An engine that writes elements in one order; `wasmFile` is the place of `pixels.wasm`.
 * @throws QualmError `backend-unavailable` where that file is not there.
 * @example const engine = await createPixelEngine({ tables, isReversed: false, isPlanar: true });
 */
export async function createPixelEngine(
  { tables, isReversed, isPlanar }: ElementOrder,
  wasmFile: URL | string = pixelsWasm,
): Promise<PixelEngine> {
  const memory = new WebAssembly.Memory({ initial: 2 });
  const { exports } = await WebAssembly.instantiate(await compile(wasmFile), { env: { memory } });
  const wasm = exports as unknown as Exports;
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

  const resample = (source: Size, { width, height }: Size, filter: Filter, takeRows: () => void): Uint8Array => {
    assertRoom(source, { width, height }, elementBytes);
    const across = weightsOf(source.width, width, filter);
    const down = weightsOf(source.height, height, filter);
    wasm.startResampling(source.width, source.height, width, put(across.bytes), across.groups);
    takeRows();
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
    resampleDecoded: (jpeg, target, filter) => resample(jpeg, target, filter, () => takeDecoded(jpeg, wasm)),
    resamplePixels(pixels, target, filter) {
      wasm.resetArena();
      return resample(pixels, target, filter, () => takeStrips(pixels, wasm, view));
    },
  };
}

/** Compiled once; what failed is tried again. */
function compile(file: URL | string): Promise<WebAssembly.Module> {
  const key = String(file);
  const known = compiled.get(key) ?? readPixelsWasm(file).then((bytes) => WebAssembly.compile(bytes));
  compiled.set(key, known);
  known.catch(() => compiled.delete(key));
  return known;
}

/** Between the two passes an image is as wide as the output and as high as the source. */
function assertRoom(source: Size, { width, height }: Size, elementBytes: number): void {
  if (4 * width * source.height <= maxPassBytes && 3 * width * height * elementBytes <= maxPassBytes) return;
  throw new QualmError(
    'image-too-large',
    `resize: ${source.width} x ${source.height} pixels to ${width} x ${height} would take more than ${maxPassBytes} bytes at once`,
  );
}

function takeDecoded({ width, height, writeRows }: DecodedJpeg, wasm: Exports): void {
  const rows = Math.max(1, Math.floor(decodedBytes / (4 * width)));
  const at = wasm.reserve(4 * width * rows);
  for (let row = 0; row < height; row += rows) {
    const end = Math.min(height, row + rows);
    writeRows(at, row, end);
    wasm.takeRgba(at, row, end);
  }
}

function takeStrips(
  { data, width, height }: RgbPixels,
  wasm: Exports,
  view: (at: number, length: number) => Uint8Array,
): void {
  const rows = Math.max(1, Math.floor(stripBytes / (3 * width)));
  const at = wasm.reserve(3 * width * rows);
  for (let row = 0; row < height; row += rows) {
    const end = Math.min(height, row + rows);
    const strip = data.subarray(3 * width * row, 3 * width * end);
    view(at, strip.length).set(strip);
    wasm.takeRgb(at, row, end);
  }
}

/** `resampleWeights` that remembers: photographs of one dataset have few sizes. */
function createWeights(): typeof resampleWeights {
  const known = new Map<string, ResampleWeights>();
  return (input, output, filter) => {
    const key = `${input} ${output} ${filter}`;
    const weights = known.get(key) ?? resampleWeights(input, output, filter);
    if (known.size >= maxWeights) known.clear();
    known.set(key, weights);
    return weights;
  };
}
