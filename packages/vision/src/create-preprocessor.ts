import { availableParallelism } from 'node:os';
import { createThreadPool } from '@qualm/threads';
import type { ThreadPool } from '@qualm/threads';
import { assertOptions, createTensor, QualmError, tensorSize, tensorStorage } from '@qualm/types';
import type { FillOptions, Image, ImageGeometry, InputSpec, Preprocessor, Tensor, TensorStorage } from '@qualm/types';
import { assertFilter, assertImage, assertImageOptions, assertPlacing } from './assert-arguments.ts';
import { defaultMaxPixels } from './assert-max-pixels.ts';
import { assertNotAborted } from './assert-not-aborted.ts';
import { channelTables } from './channel-tables.ts';
import { createFiller } from './create-filler.ts';
import type { FillRequest, FillStart } from './fill-request.ts';
import type { ImageOptions } from './image-options.ts';
import { locateImage } from './image-uri.ts';
import { openImage } from './open-image.ts';
import { preprocessorFiles } from './preprocessor-files.ts';

/** Options of `createPreprocessor`. */
export interface PreprocessorOptions extends Omit<ImageOptions, 'signal'> {
  /** Threads that decode; by default one for each core. 0 decodes on the calling thread, into
   * ordinary memory.
   */
  readonly threads?: number;
  /** The file that each thread runs, as a `file:` URL or an absolute path, where a bundler moved
   * the code: what became of `@qualm/vision/worker`. By default the one of this package. */
  readonly worker?: URL | string;
  /** `pixels.wasm`, likewise: what became of `@qualm/vision/pixels.wasm`. */
  readonly wasm?: URL | string;
}

/** Decodes images into a batch tensor as a model's input wants them: stretched, letterboxed or
 * cropped, in its channel order, layout and element type, `(value - mean) / std` from a table. The
 * tensor is made once by `allocate`, lies in shared memory and is reused. Reading, decoding,
 * resizing and normalising happen in worker threads, which the first `fill` starts, and allocate
 * nothing for a photograph. `bilinear` (the default), `bicubic` and `lanczos3` are Pillow's: they
 * average over the source area where they shrink; `opencv-linear` is OpenCV's INTER_LINEAR, which
 * takes four pixels. Alpha, grey, CMYK, 16 bits and EXIF are treated as by `decodeImage`.
 * @throws QualmError `spec-invalid` for an input that no tensor can hold, `backend-unavailable`
 * where `worker` or `wasm` is not there; RangeError for `threads` below 0; `fill` throws what
 * `decodeImage` throws, and RangeError for a batch that `allocate` did not make or an index outside
 * of it.
 * @example
 * const preprocessor = createPreprocessor(spec.input);
 * const batch = preprocessor.allocate(1); // float32 [1, 3, 416, 416]
 * const geometry = await preprocessor.fill(Image.fromUri('street.jpg'), batch, 0);
 */
export function createPreprocessor(input: InputSpec, options: PreprocessorOptions = {}): Preprocessor {
  assertPlacing('createPreprocessor', input);
  assertFilter('createPreprocessor', input.filter ?? 'bilinear');
  assertImageOptions('createPreprocessor', options);
  const { maxPixels = defaultMaxPixels, open, threads = availableParallelism(), ...files } = options;
  const shape = imageShape(input);
  const length = tensorSize(shape);
  assertResize(input);
  channelTables(input);
  if (!(Number.isInteger(threads) && threads >= 0)) {
    throw new RangeError(`createPreprocessor: threads is ${String(threads)}; expected a whole number from 0`);
  }
  const { worker, wasm } = preprocessorFiles(files, threads > 0);
  const Memory = threads > 0 ? SharedArrayBuffer : ArrayBuffer;
  let decoders: Promise<Decoders> | undefined;

  return {
    allocate(count: number): Tensor {
      const bytes = count * length * tensorStorage[input.dtype].BYTES_PER_ELEMENT;
      return createTensor(input.dtype, [count, ...shape], new tensorStorage[input.dtype](new Memory(bytes)));
    },

    async fill(
      image: Image,
      batch: Tensor,
      index: number,
      { signal, bytes }: FillOptions = {},
    ): Promise<ImageGeometry> {
      assertNotAborted(signal);
      assertImage('fill', image);
      assertBatch(batch, input, shape, index);
      if (threads > 0) assertShared(batch);
      const data = batch.data as TensorStorage[InputSpec['dtype']];
      const source = bytes
        ? { uri: image.uri, bytes }
        : await sourceOf(image, { ...(open && { open }), ...(signal && { signal }) });
      decoders ??= startDecoders({ input, maxPixels, wasm: String(wasm) }, worker, threads);
      decoders.catch(() => (decoders = undefined));
      return (await decoders).run({ ...source, data, start: index * length }, { signal });
    },

    async dispose(): Promise<void> {
      await (await decoders?.catch(() => undefined))?.dispose();
    },
  };
}

type Decoders = Pick<ThreadPool<FillRequest, ImageGeometry, null>, 'run' | 'dispose'>;

async function startDecoders(start: FillStart, entry: URL | string, threads: number): Promise<Decoders> {
  if (threads > 0) {
    return createThreadPool({ entry, name: 'decode', failureCode: 'image-invalid', threads, workerData: () => start });
  }
  return createLocalDecoder(start);
}

/** One image after the other: they share the decoder's memory. */
async function createLocalDecoder(start: FillStart): Promise<Decoders> {
  const fill = await createFiller(start);
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(request) {
      const filled = last.then(() => fill(request));
      last = filled.catch(() => undefined);
      return filled;
    },
    dispose: async () => void (await last),
  };
}

/** Files are read by the thread that decodes them; other bytes travel. */
async function sourceOf(image: Image, options: ImageOptions): Promise<Pick<FillRequest, 'uri' | 'bytes'>> {
  const { uri } = image;
  if (uri !== null && locateImage(uri).kind === 'path') return { uri, bytes: null };
  return { uri, bytes: await openImage(image, options) };
}

function imageShape({ layout, size: { width, height } }: InputSpec): readonly number[] {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new QualmError('spec-invalid', `input: size is ${width} x ${height}; expected positive whole numbers`);
  }
  return layout === 'nhwc' ? [height, width, 3] : [3, height, width];
}

function assertResize({ resize }: InputSpec): void {
  const { mode } = resize;
  if (mode === 'letterbox') assertWithin('pad', resize.pad, 0, 255);
  else if (mode === 'crop') assertWithin('shortSide', resize.shortSide, 1, 65535);
  else if (mode !== 'stretch') {
    throw new QualmError('spec-invalid', `input: resize.mode is ${String(mode)}; expected stretch, letterbox or crop`);
  }
}

function assertWithin(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new QualmError('spec-invalid', `input: ${name} is ${value}; expected a whole number ${least}..${most}`);
}

function assertShared({ data }: Tensor): void {
  if (data.buffer instanceof SharedArrayBuffer) return;
  throw new RangeError('fill: batch is not in shared memory; make it with allocate(count)');
}

function assertBatch(batch: Tensor, input: InputSpec, shape: readonly number[], index: number): void {
  assertOptions('fill', batch, 'what allocate(count) makes', 'its batch');
  const [count = 0, ...rest] = batch.shape ?? [];
  if (batch.dtype !== input.dtype || rest.join() !== shape.join()) {
    throw new RangeError(
      `fill: batch is ${batch.dtype} [${batch.shape}], expected ${input.dtype} [*,${shape}]; make it with allocate(count)`,
    );
  }
  if (!(Number.isInteger(index) && index >= 0 && index < count)) {
    throw new RangeError(`fill: index is ${index}, the batch holds ${count}`);
  }
}
