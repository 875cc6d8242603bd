import type { KernelEnum, Sharp } from 'sharp';
import type { InputSpec, Size } from '@qualm/types';
import { rawSharp, rgbPixels } from './rgb-pixels.ts';
import type { RgbPixels } from './rgb-pixels.ts';

export interface ResizeTarget extends Size {
  readonly filter?: InputSpec['filter'];
}

type Filter = NonNullable<InputSpec['filter']>;

const kernels: Readonly<Record<Filter, keyof KernelEnum>> = {
  bilinear: 'linear',
  bicubic: 'cubic',
  lanczos3: 'lanczos3',
  nearest: 'nearest',
};

const interpolators: Readonly<Record<Exclude<Filter, 'nearest'>, 'bilinear' | 'bicubic'>> = {
  bilinear: 'bilinear',
  bicubic: 'bicubic',
  lanczos3: 'bicubic',
};

/** Columns and rows repeated around an image before it is enlarged, so that interpolation at its edge sees its own colour. */
const margin = 2;

/** RGB pixels of `input`, which is `size` after orientation, stretched to the target.
 * Axes that shrink are averaged over the source area, as Pillow does. Axes that grow are interpolated between pixel centres:
 * libvips's own resize would shift them by half a pixel of the output.
 */
export async function resizeSharp(input: Sharp, size: Size, target: ResizeTarget): Promise<RgbPixels> {
  const { width, height, filter = 'bilinear' } = target;
  if (filter === 'nearest' || (width <= size.width && height <= size.height)) {
    return rgbPixels(shrunk(input, target, filter));
  }
  const small = { width: Math.min(width, size.width), height: Math.min(height, size.height) };
  const sides = { left: margin, right: margin, top: margin, bottom: margin };
  const framed = await rgbPixels(shrunk(input, small, filter).extend({ ...sides, extendWith: 'copy' }));
  const grown = await rgbPixels(
    rawSharp(framed).affine([width / small.width, 0, 0, height / small.height], {
      interpolator: interpolators[filter],
      idx: 0.5 - margin,
      idy: 0.5 - margin,
      odx: -0.5,
      ody: -0.5,
    }),
  );
  return rgbPixels(rawSharp(grown).extract({ left: 0, top: 0, width, height }));
}

function shrunk(input: Sharp, { width, height }: Size, filter: Filter): Sharp {
  return input.resize({ width, height, fit: 'fill', kernel: kernels[filter], fastShrinkOnLoad: false });
}
