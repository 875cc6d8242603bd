import type { Sharp } from 'sharp';

/** How a raster is stored. */
export interface EncodeOptions {
  readonly format: 'png' | 'jpeg';
  /** Of a JPEG, 1..100; 90 when absent. */
  readonly quality?: number;
}

/** The picture's bytes. JPEGs keep full colour resolution, so that thin coloured lines and small
 * text stay sharp.
 */
export async function encode(picture: Sharp, { format, quality = 90 }: EncodeOptions): Promise<Uint8Array> {
  if (format === 'jpeg') return picture.jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer();
  return picture.png({ compressionLevel: 6, adaptiveFiltering: false }).toBuffer();
}
