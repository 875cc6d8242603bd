import { setImmediate } from 'node:timers/promises';
import { createTensor, QualmError, tensorSize, tensorStorage } from '@qualm/types';
import type { Image, ImageGeometry, InputSpec, Preprocessor, Tensor, TensorStorage } from '@qualm/types';
import { assertNotAborted } from './assert-not-aborted.ts';
import { channelTables } from './channel-tables.ts';
import { decodeResized, openPixels } from './decode-rgb.ts';
import { elementBits } from './element-bits.ts';
import { fitImage, placeImage } from './fit-image.ts';
import type { ImageOptions } from './image-options.ts';
import { writePadding } from './write-padding.ts';
import { pixelLayout, writePixels } from './write-pixels.ts';

/** Pixels written before the event loop gets a turn: about a millisecond. */
const pixelsPerTurn = 131_072;

/** Decodes images into a batch tensor as a model's input wants them: stretched or letterboxed, in its channel order,
 * layout and element type, `(value - mean) / std` from a table. The tensor is made once by `allocate`, lies in shared
 * memory and is reused: `fill` allocates nothing but what the decoder returns. Decoding runs off this thread.
 * `bilinear` (the default), `bicubic` and `lanczos3` average over the source area when they shrink, as Pillow's do;
 * OpenCV's INTER_LINEAR does not. Alpha, grey, CMYK, 16 bits and EXIF are treated as by `decodeImage`.
 * @throws QualmError `spec-invalid` for an input that no tensor can hold; `fill` throws what `decodeImage` throws, and
 * RangeError for a batch that `allocate` did not make or an index outside of it.
 * @example
 * const preprocessor = createPreprocessor(spec.input);
 * const batch = preprocessor.allocate(1); // float32 [1, 3, 416, 416]
 * const geometry = await preprocessor.fill(Image.fromUri('street.jpg'), batch, 0);
 */
export function createPreprocessor(input: InputSpec, options: Omit<ImageOptions, 'signal'> = {}): Preprocessor {
  const layout = pixelLayout(input, channelTables(input));
  const pad = padOf(input);
  const shape = imageShape(input);
  const length = tensorSize(shape);

  return {
    allocate(count: number): Tensor {
      const bytes = count * length * tensorStorage[input.dtype].BYTES_PER_ELEMENT;
      return createTensor(input.dtype, [count, ...shape], new tensorStorage[input.dtype](new SharedArrayBuffer(bytes)));
    },

    async fill(
      image: Image,
      batch: Tensor,
      index: number,
      { signal }: { readonly signal?: AbortSignal } = {},
    ): Promise<ImageGeometry> {
      assertBatch(batch, input, shape, index);
      const data = elementBits(batch.data as TensorStorage[InputSpec['dtype']]);
      const opened = await openPixels(image, signal ? { ...options, signal } : options);
      const placement = placeImage(opened.size, input);
      const target = input.filter ? { ...placement, filter: input.filter } : placement;
      const pixels = await decodeResized(opened, target);
      assertNotAborted(signal);
      const rows = Math.max(1, Math.floor(pixelsPerTurn / placement.width));
      for (let row = 0; row < placement.height; row += rows) {
        if (row > 0) await setImmediate();
        const end = Math.min(row + rows, placement.height);
        writePixels(pixels, layout, placement, data, index * length, row, end);
      }
      writePadding(pad, layout, placement, data, index * length);
      return fitImage(opened.size, input);
    },
  };
}

function imageShape({ layout, size: { width, height } }: InputSpec): readonly number[] {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new QualmError('spec-invalid', `input: size is ${width} x ${height}; wanted positive whole numbers`);
  }
  return layout === 'nhwc' ? [height, width, 3] : [3, height, width];
}

function padOf({ resize }: InputSpec): number {
  const pad = resize.mode === 'letterbox' ? resize.pad : 0;
  if (Number.isInteger(pad) && pad >= 0 && pad <= 255) return pad;
  throw new QualmError('spec-invalid', `input: pad is ${pad}; wanted a whole number 0..255`);
}

function assertBatch(batch: Tensor, input: InputSpec, shape: readonly number[], index: number): void {
  const [count = 0, ...rest] = batch.shape;
  if (batch.dtype !== input.dtype || rest.join() !== shape.join()) {
    throw new RangeError(
      `fill: batch is ${batch.dtype} [${batch.shape}], wanted ${input.dtype} [*,${shape}]; make it with allocate(count)`,
    );
  }
  if (!(Number.isInteger(index) && index >= 0 && index < count)) {
    throw new RangeError(`fill: index is ${index}, the batch holds ${count}`);
  }
}
