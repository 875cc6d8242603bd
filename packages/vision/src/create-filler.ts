import { filePlace, Image, QualmError } from '@qualm/types';
import type { ImageGeometry, Size } from '@qualm/types';
import { channelTables } from './channel-tables.ts';
import { elementBits } from './element-bits.ts';
import type { FillRequest, FillStart } from './fill-request.ts';
import { fitImage, placeImage, shownPart } from './fit-image.ts';
import { locateImage } from './image-uri.ts';
import { isWithoutMemory, noMemory } from './no-memory.ts';
import { createPixelEngine } from './pixel-engine.ts';
import type { PixelEngine, Resizing } from './pixel-engine.ts';
import { pixelLayout } from './pixel-layout.ts';
import { placeElements } from './place-elements.ts';
import { readFileInto } from './read-file-into.ts';
import { writePadding } from './write-padding.ts';

/** Writes one image into its place in a batch tensor. */
export type Filler = (request: FillRequest) => Promise<ImageGeometry>;

/** An engine that one image has made larger than this is not kept for the next. */
const maxKeptBytes = 2 ** 28;

/** What a decoding thread does, on the calling thread: photographs in WebAssembly, all else
 * by sharp first.
 */
export async function createFiller({ input, maxPixels, wasm }: FillStart): Promise<Filler> {
  const tables = channelTables(input);
  const layout = pixelLayout(input, tables);
  const order = { tables, isReversed: input.channels === 'bgr', isPlanar: input.layout === 'nchw' };
  const { filter = 'bilinear', resize } = input;
  const wasmFile = filePlace('createPreprocessor', 'wasm', wasm);
  const pad = resize.mode === 'letterbox' ? resize.pad : 0;
  let engine: PixelEngine | null = null;

  const place = (
    original: Size,
    { data, start }: FillRequest,
    resample: (resizing: Resizing) => Uint8Array,
  ): ImageGeometry => {
    const { width, height, left, top } = placeImage(original, input);
    const shown = shownPart({ width, height, left, top }, input.size);
    const part = { ...shown, left: shown.left - left, top: shown.top - top };
    const bits = elementBits(data);
    placeElements(resample({ width, height, filter, part }), layout, shown, bits, start);
    writePadding(pad, layout, shown, bits, start);
    return fitImage(original, input);
  };
  const fill = async (engine: PixelEngine, request: FillRequest, image: Image): Promise<ImageGeometry> => {
    const length = load(engine, request, image);
    const jpeg = engine.decode(length, maxPixels);
    if (jpeg) {
      return place(jpeg, request, (resizing) => engine.resampleDecoded(jpeg, resizing));
    }
    // Loaded when it is needed: a dataset of photographs does without.
    const { decodeBytes } = await import('./decode-rgb.ts');
    const pixels = await decodeBytes(engine.encoded(length).slice(), image, maxPixels);
    return place(pixels, request, (resizing) => engine.resamplePixels(pixels, resizing));
  };
  return async (request) => {
    const image = request.uri === null ? Image.fromBytes(request.bytes!) : Image.fromUri(request.uri);
    try {
      engine ??= await createPixelEngine(order, wasmFile);
      return await fill(engine, request, image);
    } catch (error) {
      if (QualmError.is(error) || !isWithoutMemory(error)) throw error;
      // What it had is free again for the next attempt.
      engine = null;
      throw noMemory(image, error);
    } finally {
      if (engine && engine.bytes > maxKeptBytes) engine = null;
    }
  };
}

/** Puts the encoded image into the engine's memory; how many bytes there are. */
function load(engine: PixelEngine, { bytes }: FillRequest, image: Image): number {
  const room = (length: number): Uint8Array => {
    try {
      return engine.load(length);
    } catch (error) {
      throw isWithoutMemory(error) ? noMemory(image, error) : error;
    }
  };
  if (bytes === null) return readFileInto(pathOf(image), image, room);
  room(bytes.length).set(bytes);
  return bytes.length;
}

function pathOf({ uri }: Image): string {
  const location = locateImage(uri!);
  if (location.kind !== 'path') throw new TypeError(`fill: ${location.kind} URI without bytes`);
  return location.path;
}
