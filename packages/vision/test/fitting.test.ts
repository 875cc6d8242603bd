import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Image } from '@qualm/types';
import type { ImageGeometry, InputSpec } from '@qualm/types';
import { createPreprocessor } from '../src/create-preprocessor.ts';
import { bytesOf, difference } from './pillow.ts';

interface Wanted {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly pixels: string;
}

/** What fixtures/fitting/generate.py wrote. */
const { files, cropped, opencv } = JSON.parse(
  readFileSync(new URL('../fixtures/fitting/expected.json', import.meta.url), 'utf8'),
) as {
  readonly files: Readonly<Record<string, string>>;
  readonly cropped: readonly (Wanted & { readonly filter: 'bilinear' | 'bicubic'; readonly shortSide: number })[];
  readonly opencv: readonly Wanted[];
};

async function filled(
  { file, width, height }: Pick<Wanted, 'file' | 'width' | 'height'>,
  placing: Pick<InputSpec, 'resize' | 'filter'>,
): Promise<{ readonly data: Uint8Array; readonly geometry: ImageGeometry }> {
  const input: InputSpec = { size: { width, height }, layout: 'nhwc', dtype: 'uint8', channels: 'rgb', ...placing };
  const preprocessor = createPreprocessor(input, { threads: 0 });
  const batch = preprocessor.allocate(1);
  const data = batch.data as Uint8Array;
  data.fill(7);
  const geometry = await preprocessor.fill(Image.fromBytes(bytesOf(files[file]!)), batch, 0);
  await preprocessor.dispose!();
  return { data, geometry };
}

it.each(cropped.map((wanted, index) => ({ ...wanted, index })))(
  'crop of $file to $width x $height of $shortSide, $filter, equals torchvision',
  async ({ shortSide, filter, pixels, ...wanted }) => {
    const { data } = await filled(wanted, { resize: { mode: 'crop', shortSide }, filter });
    expect(difference(data, bytesOf(pixels)).max).toBe(0);
  },
);

it.each(opencv.map((wanted, index) => ({ ...wanted, index })))(
  'opencv-linear of $file to $width x $height equals cv2.resize',
  async ({ pixels, ...wanted }) => {
    const { data } = await filled(wanted, { resize: { mode: 'stretch' }, filter: 'opencv-linear' });
    expect(difference(data, bytesOf(pixels)).max).toBe(0);
  },
);

it('the geometry of a crop begins before the input', async () => {
  const { geometry } = await filled(
    { file: 'wide.png', width: 16, height: 16 },
    { resize: { mode: 'crop', shortSide: 20 } },
  );
  expect(geometry).toEqual({
    original: { width: 33, height: 25 },
    input: { width: 16, height: 16 },
    scaleX: 26 / 33,
    scaleY: 20 / 25,
    offsetX: -5,
    offsetY: -2,
  });
});
