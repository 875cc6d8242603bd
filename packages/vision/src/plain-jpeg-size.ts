import type { Size } from '@qualm/types';

const startOfScan = 0xda;

/** libjpeg's own limit (JPEG_MAX_DIMENSION). */
const maxSide = 65_500;

/** The size of a JPEG that can be told without a decoder: Huffman-coded, 8 bits, grey or three channels, no EXIF that might turn
 * it. Null for every other content, sound or broken: a decoder has to say what that is.
 * @see ITU-T T.81, B.1.1.4 and B.2.2
 */
export function plainJpegSize(bytes: Uint8Array): Size | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let size: Size | null = null;
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1]!;
    const length = view.getUint16(at + 2);
    const end = at + 2 + length;
    if (marker === startOfScan) return size;
    if (length < 2 || end > bytes.length) return null;
    if (isFrame(marker)) {
      if (size) return null;
      size = frameSize(view, at + 4, length);
      if (!size) return null;
    } else if (!isSkipped(marker) || isExif(bytes, at)) return null;
    at = end;
  }
  return null;
}

/** Baseline, extended sequential and progressive, with Huffman codes. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xc2;
}

/** Tables of Huffman codes and quantisation, restart interval, application data, comment. */
function isSkipped(marker: number): boolean {
  return marker === 0xc4 || marker === 0xdb || marker === 0xdd || (marker & 0xf0) === 0xe0 || marker === 0xfe;
}

function isExif(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 1] === 0xe1 && Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1') === 'Exif';
}

function frameSize(view: DataView, at: number, length: number): Size | null {
  if (length < 8) return null;
  const channels = view.getUint8(at + 5);
  if (view.getUint8(at) !== 8 || (channels !== 1 && channels !== 3) || length !== 8 + 3 * channels) return null;
  const height = view.getUint16(at + 1);
  const width = view.getUint16(at + 3);
  return width > 0 && height > 0 && width <= maxSide && height <= maxSide ? { width, height } : null;
}
