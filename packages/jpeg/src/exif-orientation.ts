const orientationTag = 0x0112;
const shortType = 3;

/** The orientation that an EXIF segment gives, 1 where it gives none; null where it cannot be told.
 * @param tiff the segment after its `Exif\0\0`
 * @see EXIF 2.3, 4.6.2; TIFF 6.0, section 2
 */
export function exifOrientation(tiff: Uint8Array): number | null {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (tiff.length < 8) return null;
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return null;
  const isLittle = order === 0x4949;
  const start = view.getUint32(4, isLittle);
  if (view.getUint16(2, isLittle) !== 42 || start + 2 > tiff.length) return null;
  const count = view.getUint16(start, isLittle);
  if (start + 2 + 12 * count > tiff.length) return null;
  for (let entry = start + 2; entry < start + 2 + 12 * count; entry += 12) {
    if (view.getUint16(entry, isLittle) !== orientationTag) continue;
    const isOne = view.getUint16(entry + 2, isLittle) === shortType && view.getUint32(entry + 4, isLittle) === 1;
    return isOne ? view.getUint16(entry + 8, isLittle) : null;
  }
  return 1;
}
