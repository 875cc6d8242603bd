import { resolve } from 'node:path';
import type { ChosenImages, ListedImage } from '@qualm/selection';
import type { Terminal } from '../terminal/terminal.ts';
import { findNamed, readNamedImages } from './named-images.ts';

/** The images of a file that was named with `--only`, or of a list of boxes these boxes. */
export interface OnlyImages extends ChosenImages {
  /** What of the file was not found, once all images were asked for. */
  warnings(): readonly string[];
}

/** @throws UsageError as `readNamedImages`. */
export async function readOnly(only: string, { cwd }: Pick<Terminal, 'cwd'>): Promise<OnlyImages> {
  const rows = await readNamedImages('--only', resolve(cwd, only));
  const rowsOf = findNamed(rows);
  const named = new Set(rows.map(({ id, number, file }) => id ?? number ?? file)).size;
  let found = 0;
  return {
    hasImage(image) {
      const isNamed = rowsOf(image).length > 0;
      if (isNamed) found++;
      return isNamed;
    },
    hasBox: (image, index) => rowsOf(image).some(({ box }) => box === undefined || box === index),
    reasonOf: (image, index) => reasonsOf(rowsOf, image, index),
    warnings: () =>
      found >= named ? [] : [`${named - found} of ${named} images of ${only} are not among the predictions`],
  };
}

/** Of a box its own; of an image all that are said of it and its boxes. */
function reasonsOf(rowsOf: ReturnType<typeof findNamed>, image: ListedImage, index: number | null): string | null {
  const said = rowsOf(image)
    .filter(({ box }) => index === null || box === undefined || box === index)
    .flatMap(({ reason }) => reason ?? []);
  return said.length === 0 ? null : [...new Set(said)].join('; ');
}
