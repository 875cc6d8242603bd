import sharp from 'sharp';
import { assertOptions } from '@qualm/types';
import type { Image } from '@qualm/types';
import { pixelsOf } from '../draw.ts';
import type { DrawOptions } from '../draw.ts';
import { channelsOf } from '../pixels.ts';
import type { Pixels } from '../pixels.ts';
import { colorLayout, colorLayoutSize } from './color-layout.ts';
import { edgeHistogram, edgeHistogramSize } from './edge-histogram.ts';

/** What images are made small to first, in pixels. */
const side = 64;
/** Of the edges beside the colours: of the 16 parts of a picture their mean. */
const edgeWeight = 1 / 4;

export type DescribeOptions = Pick<DrawOptions, 'decode' | 'maxPixels' | 'signal'>;

/** Numbers of a description. */
export const describedNumbers: number = colorLayoutSize + edgeHistogramSize;

/** What a picture looks like, in 138 numbers, without a model: where which colours are, and where
 * edges run which way. Pictures that look alike are near by Euclidean distance: a copy that was
 * made smaller or compressed anew is mostly within 0.1, another photograph seldom within 0.2. It
 * knows nothing of what is in the picture, and what is turned or mirrored is another picture.
 *
 * The first 58 numbers are the Color Layout Descriptor of MPEG-7, the others its Edge Histogram
 * Descriptor, of the picture stretched to 64 x 64 pixels and before their numbers are made small.
 * @throws QualmError as `render`
 * @see ISO/IEC 15938-3
 * @example (await describePicture(Image.fromUri('street.jpg'))).length // 138
 */
export async function describePicture(image: Image | Pixels, options: DescribeOptions = {}): Promise<Float32Array> {
  assertOptions('describePicture', options, '{ signal }');
  const small = await smallPixels(await pixelsOf(image, options));
  const out = new Float32Array(describedNumbers);
  out.set(colorLayout(small));
  out.set(
    edgeHistogram(small).map((share) => edgeWeight * share),
    colorLayoutSize,
  );
  return out;
}

async function smallPixels(pixels: Pixels): Promise<Pixels> {
  const { width, height, data } = pixels;
  const small = await sharp(data, { raw: { width, height, channels: channelsOf(pixels) } })
    .toColourspace('srgb')
    .removeAlpha()
    .resize(side, side, { fit: 'fill' })
    .raw()
    .toBuffer();
  return { data: small, width: side, height: side };
}
