import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

type Colour = readonly [r: number, g: number, b: number];

/** A JPEG of one colour. */
export function jpegOf([r, g, b]: Colour, { width, height } = { width: 64, height: 48 }): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
    .jpeg()
    .toBuffer();
}

/** Writes images by name; each is of one colour. */
export async function writeImages(folder: string, colours: Readonly<Record<string, Colour>>): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [name, colour] of Object.entries(colours)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, await jpegOf(colour));
  }
  return folder;
}

/** Writes so many images, 000.jpg and on, whose colours go from red to a grey of red and green. */
export function writeManyImages(folder: string, count: number): Promise<string> {
  const names = Array.from({ length: count }, (_, i) => `${String(i).padStart(3, '0')}.jpg`);
  return writeImages(folder, Object.fromEntries(names.map((name, i) => [name, [255, (255 * i) / count, 0]])));
}
