export { decodeJpeg } from './decode-jpeg.ts';
export type { DecodedJpeg, DecodeJpegOptions, JpegMemory } from './decode-jpeg.ts';
