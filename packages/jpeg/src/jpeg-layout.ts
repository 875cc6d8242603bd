import { exifOrientation } from './exif-orientation.ts';

/** Where the parts of a JPEG lie that `decodeScan` needs. Offsets are from the start of the file.
 */
export interface JpegLayout {
  readonly width: number;
  readonly height: number;
  readonly components: readonly JpegComponent[];
  readonly quantisation: readonly TablePlace[];
  readonly huffman: readonly (TablePlace & { readonly isAc: boolean })[];
  /** Units between restart markers; 0 for none. */
  readonly restartInterval: number;
  /** Where the entropy-coded data starts. */
  readonly scan: number;
}

/** A component's sampling factors, and the destinations of its tables. */
export interface JpegComponent {
  readonly across: number;
  readonly down: number;
  readonly quantisation: number;
  readonly dc: number;
  readonly ac: number;
}

interface TablePlace {
  readonly destination: number;
  readonly at: number;
}

/** libjpeg's own limit (JPEG_MAX_DIMENSION). */
const maxSide = 65_500;

/** Narrower planes of chroma are enlarged by libjpeg in another way. */
const minChromaWidth = 3;

/** The layout of a JPEG as nearly all photographs are: one sequential scan, Huffman-coded, 8 bits,
 * grey or YCbCr with chroma in full size or halved (4:2:2, 4:2:0), not turned by EXIF. Null for
 * every other content, sound or broken.
 * @see ITU-T T.81, Annex B; JFIF 1.02
 */
export function jpegLayout(bytes: Uint8Array): JpegLayout | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const reader = createReader(bytes);
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1]!;
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return null;
    if (marker === 0xda) return reader.scan(at + 4, end);
    if (!reader.segment(marker, at + 4, end)) return null;
    at = end;
  }
  return null;
}

interface Frame {
  readonly width: number;
  readonly height: number;
  /** Of each component: identifier, sampling factors, quantisation table. */
  readonly components: readonly (Omit<JpegComponent, 'dc' | 'ac'> & { readonly id: number })[];
}

interface Reader {
  /** Whether the segment is understood. */
  segment(marker: number, at: number, end: number): boolean;
  scan(at: number, end: number): JpegLayout | null;
}

function createReader(bytes: Uint8Array): Reader {
  const quantisation: TablePlace[] = [];
  const huffman: (TablePlace & { isAc: boolean })[] = [];
  let frame: Frame | null = null;
  let restartInterval = 0;
  let isJfif = false;

  const readers: Readonly<Record<number, (at: number, end: number) => boolean>> = {
    0xc0: (at, end) => frame === null && (frame = frameOf(bytes, at, end)) !== null,
    0xc1: (at, end) => frame === null && (frame = frameOf(bytes, at, end)) !== null,
    0xc4: (at, end) => readHuffman(bytes, at, end, huffman),
    0xdb: (at, end) => readQuantisation(bytes, at, end, quantisation),
    0xdd: (at, end) => {
      restartInterval = (bytes[at]! << 8) | bytes[at + 1]!;
      return end - at === 2;
    },
    0xe0: (at) => (isJfif ||= startsWith(bytes, at, 'JFIF\0')) || true,
    0xe1: (at, end) => !startsWith(bytes, at, 'Exif\0\0') || exifOrientation(bytes.subarray(at + 6, end)) === 1,
    // Adobe's segment may say that there is no YCbCr in it.
    0xee: (at) => !startsWith(bytes, at, 'Adobe'),
    0xfe: () => true,
  };
  return {
    segment(marker, at, end) {
      const read = readers[marker];
      return read ? read(at, end) : (marker & 0xf0) === 0xe0;
    },
    scan(at, end) {
      if (!frame || (frame.components.length === 3 && !isJfif && !hasYcbcrIds(frame))) return null;
      const components = scanComponents(bytes, at, end, frame);
      if (!components?.every((component) => hasTables(component, quantisation, huffman))) return null;
      const { width, height } = frame;
      return { width, height, components, quantisation, huffman, restartInterval, scan: end };
    },
  };
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  return String.fromCharCode(...bytes.subarray(at, at + text.length)) === text;
}

/** As libjpeg tells YCbCr from RGB where no JFIF says so (`default_decompress_parms`). */
function hasYcbcrIds({ components }: Frame): boolean {
  return components.every(({ id }, index) => id === index + 1);
}

function frameOf(bytes: Uint8Array, at: number, end: number): Frame | null {
  const count = bytes[at + 5]!;
  if (end - at !== 6 + 3 * count || bytes[at] !== 8 || (count !== 1 && count !== 3)) return null;
  const height = (bytes[at + 1]! << 8) | bytes[at + 2]!;
  const width = (bytes[at + 3]! << 8) | bytes[at + 4]!;
  if (width === 0 || height === 0 || width > maxSide || height > maxSide) return null;
  const components = Array.from({ length: count }, (_, index) => {
    const [id, factors, table] = bytes.subarray(at + 6 + 3 * index);
    // One component alone is not interleaved, whatever factors it has (A.2.2).
    const [across, down] = count === 1 ? [1, 1] : [factors! >> 4, factors! & 15];
    return { id: id!, across, down, quantisation: table! };
  });
  return components.length === 1 || isSampled(components, width) ? { width, height, components } : null;
}

function isSampled([luma, ...chroma]: Frame['components'], width: number): boolean {
  const { across, down } = luma!;
  const isKnown = down === 1 ? across === 1 || across === 2 : down === 2 && across === 2;
  return (
    isKnown && chroma.every((plane) => plane.across === 1 && plane.down === 1) && width > across * (minChromaWidth - 1)
  );
}

function readQuantisation(bytes: Uint8Array, at: number, end: number, places: TablePlace[]): boolean {
  for (; at < end; at += 65) {
    const destination = bytes[at]!;
    if (destination > 3 || at + 65 > end) return false;
    places.push({ destination, at: at + 1 });
  }
  return true;
}

function readHuffman(bytes: Uint8Array, at: number, end: number, places: (TablePlace & { isAc: boolean })[]): boolean {
  while (at < end) {
    const kind = bytes[at]!;
    const counts = bytes.subarray(at + 1, at + 17);
    const symbols = counts.reduce((sum, count) => sum + count, 0);
    if ((kind & 0xec) !== 0 || at + 17 + symbols > end || symbols > 256) return false;
    places.push({ destination: kind & 3, isAc: kind > 3, at: at + 1 });
    at += 17 + symbols;
  }
  return true;
}

function scanComponents(bytes: Uint8Array, at: number, end: number, { components }: Frame): JpegComponent[] | null {
  const count = bytes[at]!;
  const spectral = at + 1 + 2 * count;
  if (count !== components.length || end - spectral !== 3) return null;
  // Sequential: all coefficients, in one go (B.2.3).
  if (bytes[spectral] !== 0 || bytes[spectral + 1] !== 63 || bytes[spectral + 2] !== 0) return null;
  const read = components.map(({ id, ...component }, index) => {
    const tables = bytes[at + 2 + 2 * index]!;
    return bytes[at + 1 + 2 * index] === id ? { ...component, dc: tables >> 4, ac: tables & 15 } : null;
  });
  return read.includes(null) ? null : (read as JpegComponent[]);
}

function hasTables(
  component: JpegComponent,
  quantisation: JpegLayout['quantisation'],
  huffman: JpegLayout['huffman'],
): boolean {
  return (
    quantisation.some(({ destination }) => destination === component.quantisation) &&
    huffman.some(({ destination, isAc }) => !isAc && destination === component.dc) &&
    huffman.some(({ destination, isAc }) => isAc && destination === component.ac)
  );
}
