import { filePlace } from '@qualm/types';
import type { Image, Size } from '@qualm/types';
import { assertFilter, assertImageOptions, assertSize } from './assert-arguments.ts';
import { assertNotAborted } from './assert-not-aborted.ts';
import { channelTables } from './channel-tables.ts';
import { decodeImage } from './decode-image.ts';
import { encodePng } from './encode-png.ts';
import type { ImageOptions } from './image-options.ts';
import { createPixelEngine } from './pixel-engine.ts';
import { pixelsWasm } from './pixels-wasm.ts';
import type { Filter } from './resample-weights.ts';

export interface ResizeImageOptions extends ImageOptions {
  /** The resampling filter; `bilinear` when absent. */
  readonly filter?: Filter;
  /** `pixels.wasm`, as a `file:` URL or an absolute path, where a bundler moved the code: what
   * became of `@qualm/vision/pixels.wasm`. By default the one of this package. */
  readonly wasm?: URL | string;
}

/** The image stretched to a size, as a PNG in memory. Resampling runs on the calling thread, some
 * milliseconds a megapixel.
 * @throws RangeError unless width and height are positive integers; QualmError as `decodeImage`
 * does, and `backend-unavailable` where `pixels.wasm` is not there.
 * @example await resizeImage(image, { width: 300, height: 300 })
 */
export async function resizeImage(image: Image, size: Size, options: ResizeImageOptions = {}): Promise<Image> {
  assertSize('resizeImage', size);
  assertImageOptions('resizeImage', options);
  const { filter = 'bilinear' } = options;
  assertFilter('resizeImage', filter);
  const { width, height } = size;
  const wasm = filePlace('resizeImage', 'wasm', options.wasm ?? pixelsWasm);
  const pixels = await decodeImage(image, options);
  const tables = channelTables({ dtype: 'uint8' });
  const engine = await createPixelEngine({ tables, isReversed: false, isPlanar: false }, wasm);
  assertNotAborted(options.signal);
  const data = engine.resamplePixels(pixels, { width, height, filter });
  return encodePng({ data: Buffer.from(data), width, height });
}
