import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeMeanColour, meanColourSpec } from '@qualm/testkit';
import sharp from 'sharp';

/** Writes `model.json`, a classifier by the mean colour, and so many photographs, `photos/000.jpg`
 * and on; the one in the middle is broken.
 */
export async function writeMeanColourProject(folder: string, numImages: number): Promise<void> {
  await mkdir(join(folder, 'photos'));
  for (let i = 0; i < numImages; i++) {
    const background = { r: i, g: 255 - i, b: (7 * i) % 256 };
    const image = sharp({ create: { width: 64, height: 48, channels: 3, background } });
    await image.jpeg().toFile(photo(folder, i));
  }
  await writeFile(photo(folder, Math.floor(numImages / 2)), 'no image');
  await writeFile(join(folder, meanColourSpec.files.model), encodeMeanColour());
  await writeFile(join(folder, 'model.json'), JSON.stringify(meanColourSpec));
}

function photo(folder: string, index: number): string {
  return join(folder, 'photos', `${String(index).padStart(3, '0')}.jpg`);
}
