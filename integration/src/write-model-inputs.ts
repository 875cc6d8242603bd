import { mkdir, readdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import sharp from 'sharp';

/** A square that a model sees: the whole image stretched, or kept in shape at the top left over grey 114. */
export interface ModelInput {
  readonly size: number;
  readonly letterbox: boolean;
}

/** Writes each image of a folder as a lossless PNG that already is what the model sees, so that no one resizes it again. */
export async function writeModelInputs(images: string, folder: string, input: ModelInput): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(images)) {
    const path = join(folder, `${parse(name).name}.png`);
    await sharp(join(images, name))
      .rotate()
      .resize(input.size, input.size, {
        fit: input.letterbox ? 'contain' : 'fill',
        position: 'left top',
        background: { r: 114, g: 114, b: 114 },
      })
      .removeAlpha()
      .toColourspace('srgb')
      .png({ palette: false })
      .toFile(path);
  }
}
