import sharp from 'sharp';
import { foreignFile, QualmError } from '@qualm/types';
import type { Image } from '@qualm/types';
import { imageBytes, imageName } from './image-bytes.ts';
import type { Pixels } from './pixels.ts';

const formats = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif', 'jxl', 'jp2', 'ppm']);
const drawing = /^(\ufeff|\xef\xbb\xbf)?\s*<|^%PDF/;

/** The pixels of an image as people see it: turned by its EXIF orientation, RGB, the first frame.
 * @throws QualmError `image-missing`, `image-invalid` (broken, or a drawing such as SVG),
 * `image-too-large`, `io`, `unsupported`.
 */
export async function decode(image: Image, maxPixels: number): Promise<Pixels> {
  const bytes = await imageBytes(image);
  const foreign = foreignFile(bytes);
  if (foreign && foreign.kind !== 'image') {
    const what = `${imageName(image)} is ${foreign.what}; expected a photograph`;
    throw new QualmError('image-invalid', `render: ${what}; ${foreign.advice}`);
  }
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  if (drawing.test(head)) {
    throw new QualmError('image-invalid', `render: ${imageName(image)} is a drawing or a page; expected a photograph`);
  }
  try {
    // Browsers do not turn WebP by its EXIF, and labels are drawn in browsers.
    const autoOrient = !/^RIFF[^]{4}WEBP/.test(head);
    const pipeline = sharp(bytes, { autoOrient, failOn: 'error', ignoreIcc: true, limitInputPixels: false });
    const { format, width, height } = await pipeline.metadata();
    if (!formats.has(format)) throw new QualmError('image-invalid', `render: ${imageName(image)} is ${format}`);
    if (width * height > maxPixels) throw tooLarge(image, width, height, maxPixels);
    const { data, info } = await pipeline
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  } catch (cause) {
    if (QualmError.is(cause)) throw cause;
    const reason = (cause as Error).message.trim().split('\n')[0]!;
    throw new QualmError(
      'image-invalid',
      `render: ${imageName(image)} is not an image, or is broken or cut off (${reason})`,
      {
        cause,
      },
    );
  }
}

function tooLarge(image: Image, width: number, height: number, maxPixels: number): QualmError {
  return new QualmError(
    'image-too-large',
    `render: ${imageName(image)} is ${width} x ${height} pixels; the limit is ${maxPixels}: raise maxPixels`,
  );
}
