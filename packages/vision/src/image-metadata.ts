import type { Image, Size } from '@qualm/types';
import { openHeader } from './decode-rgb.ts';
import type { ImageFormat } from './image-format.ts';
import type { ImageOptions } from './image-options.ts';

/** What an image's header says. `width` and `height` are as people see it, after EXIF orientation.
 */
export interface ImageMetadata extends Size {
  readonly format: ImageFormat;
  /** As stored, alpha included. */
  readonly channels: number;
  /** Of one channel, as stored: `uchar`, `ushort`, ... */
  readonly depth: string;
  readonly hasAlpha: boolean;
  /** EXIF orientation 1..8; 1 where the file says nothing. */
  readonly orientation: number;
  /** Frames or pages; 1 for a still image. */
  readonly pages: number;
}

/** What the header of an image says; no pixel is decoded.
 * @throws QualmError as `decodeImage` does.
 * @example (await imageMetadata(Image.fromUri('street.jpg'))).width // 640
 */
export async function imageMetadata(image: Image, options: ImageOptions = {}): Promise<ImageMetadata> {
  const { header, size } = await openHeader(image, options);
  const { channels, depth, hasAlpha, orientation = 1, pages = 1 } = header.metadata;
  return {
    format: header.format,
    width: size.width,
    height: size.height,
    channels,
    depth,
    hasAlpha,
    orientation,
    pages,
  };
}
