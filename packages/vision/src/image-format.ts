/** The raster formats that are decoded. Everything else is refused before a decoder sees it: drawings (SVG, PDF) can name
 * other files and take unbounded time. */
export type ImageFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'tiff' | 'avif';

const signatures: readonly (readonly [ImageFormat, RegExp])[] = [
  ['jpeg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG\r\n\x1a\n/],
  ['gif', /^GIF8[79]a/],
  ['webp', /^RIFF[^]{4}WEBP/],
  ['tiff', /^(II[*+]\0|MM\0[*+])/],
  ['avif', /^[^]{4}ftyp(avif|avis)/],
];

/** The format that the first bytes announce, whatever the file is called; null for any other content. */
export function imageFormat(bytes: Uint8Array): ImageFormat | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16)).toString('latin1');
  return signatures.find(([, pattern]) => pattern.test(head))?.[0] ?? null;
}
