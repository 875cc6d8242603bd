import sharp from 'sharp';

interface Format {
  /** As messages call it. */
  readonly name: string;
  readonly signature: RegExp;
  /** The key of `sharp.format`. */
  readonly loader: string;
  /** An ending that the loader must list, since it decodes the one and not the other. */
  readonly needs?: string;
}

/** The raster formats that are known by their first bytes. Everything else is refused before a
 * decoder sees it: drawings (SVG, PDF) can name other files and take unbounded time. */
export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif' | 'heic' | 'jxl' | 'jp2' | 'ppm' | 'bmp';

const formats: Readonly<Record<ImageFormat, Format>> = {
  jpeg: { name: 'JPEG', signature: /^\xff\xd8\xff/, loader: 'jpeg' },
  png: { name: 'PNG', signature: /^\x89PNG\r\n\x1a\n/, loader: 'png' },
  webp: { name: 'WebP', signature: /^RIFF[^]{4}WEBP/, loader: 'webp' },
  gif: { name: 'GIF', signature: /^GIF8[79]a/, loader: 'gif' },
  tiff: { name: 'TIFF', signature: /^(II[*+]\0|MM\0[*+])/, loader: 'tiff' },
  avif: { name: 'AVIF', signature: /^[^]{4}ftyp(avif|avis)/, loader: 'heif' },
  heic: { name: 'HEIC', signature: /^[^]{4}ftyp(hei[cmsx]|hev[cmx]|mif1|msf1)/, loader: 'heif', needs: '.heic' },
  jxl: { name: 'JPEG XL', signature: /^(\xff\x0a|\0{3}\x0cJXL )/, loader: 'jxl' },
  jp2: { name: 'JPEG 2000', signature: /^(\0{3}\x0cjP {2}|\xff\x4f\xff\x51)/, loader: 'jp2' },
  ppm: { name: 'PNM', signature: /^P[1-6]\s/, loader: 'ppm' },
  bmp: { name: 'BMP', signature: /^BM[^]{4}\0{4}/, loader: 'bmp' },
};

const all = Object.entries(formats) as [ImageFormat, Format][];

/** The format that the first bytes announce, whatever the file is called; null for any other
 * content.
 */
export function imageFormat(bytes: Uint8Array): ImageFormat | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16)).toString('latin1');
  return all.find(([, { signature }]) => signature.test(head))?.[0] ?? null;
}

/** What is used of `sharp.format`. */
export type Loaders = Readonly<
  Record<string, { readonly input: { readonly buffer: boolean; readonly fileSuffix?: readonly string[] } } | undefined>
>;

const installed = sharp.format as unknown as Loaders;

/** Whether the sharp that is installed decodes a format: one from npm decodes no HEIC, one on a
 * libvips of your own may.
 */
export function isDecodable(format: ImageFormat, loaders: Loaders = installed): boolean {
  const { loader, needs } = formats[format];
  const { buffer = false, fileSuffix = [] } = loaders[loader]?.input ?? {};
  return buffer && (needs === undefined || fileSuffix.includes(needs));
}

/** Endings of the images that the sharp that is installed decodes, in lower case and without the
 * dot. Drawings are not among them.
 * @example await openFolder('photos', { extensions: imageExtensions() })
 */
export function imageExtensions(loaders: Loaders = installed): string[] {
  const endings = all
    .filter(([format]) => isDecodable(format, loaders))
    .flatMap(([, { loader }]) => loaders[loader]!.input.fileSuffix ?? []);
  return [...new Set(endings.map((ending) => ending.slice(1).toLowerCase()))];
}

/** Formats that are decoded, for a message: `JPEG, PNG, WebP, GIF, TIFF or AVIF`. */
export function decodableFormats(): string {
  const names = all.filter(([format]) => isDecodable(format)).map(([, { name }]) => name);
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** As messages call it. */
export function formatName(format: ImageFormat): string {
  return formats[format].name;
}
