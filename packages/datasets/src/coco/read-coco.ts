import { dirname, resolve } from 'node:path';
import { assertChoice, assertOptions, assertText, QualmError } from '@qualm/types';
import type { BoxSpace } from '@qualm/types';
import { createCocoCollector } from './coco-collector.ts';
import type { CocoDataset } from './coco-dataset.ts';
import { cocoDataset } from './coco-dataset.ts';
import { readJsonArrays } from './read-json-arrays.ts';

/** Options of `readCoco`. */
export interface ReadCocoOptions<Space extends BoxSpace = 'pixels'> {
  /** The folder that file names are relative to, and must not leave; the file's own by default. */
  readonly images?: string;
  /** Whether boxes are pixels, as in the file and by default, or fractions of the image's size. */
  readonly boxes?: Space;
  /** Whether images without annotations have a row; they do by default. */
  readonly unannotated?: 'keep' | 'drop';
  /** Whether annotations carry masks, which take most of the memory; they do by default. */
  readonly segmentations?: 'keep' | 'drop';
  /** Whether links in the folder may lead out of it; they may not by default, and such an image has
   * the error `path-outside`.
   */
  readonly followLinks?: boolean;
  /** Whether the first problem of a single row fails the whole file; it does not by default. */
  readonly strict?: boolean;
}

/** The instances of a COCO file as a table of one row per image, in the file's order. The file may
 * be of any size; no image is opened. A row that something is wrong with stays as far as it can,
 * and the problem is listed.
 * @throws QualmError `io` when the file cannot be read; `dataset-invalid` when it is not a JSON
 * object with `images`; with `strict`, also for the first problem of a row.
 * @see https://cocodataset.org/#format-data
 * @example const { columns, labels } = await readCoco('instances_val2017.json', { images: 'val2017' });
 */
export async function readCoco<Space extends BoxSpace = 'pixels'>(
  instancesPath: string,
  options: ReadCocoOptions<Space> = {},
): Promise<CocoDataset<Space>> {
  assertText('readCoco', 'its path', instancesPath, "a path, such as 'instances.json'");
  assertCocoOptions(options);
  const { images = dirname(instancesPath), segmentations = 'keep', strict = false } = options;
  const { unannotated = 'keep', followLinks = false } = options;
  const folder = resolve(images);
  const collector = createCocoCollector(folder, { strict, masks: segmentations === 'keep' });
  const found = new Set<string>();
  const watch =
    (key: string, add: (elements: readonly unknown[]) => void) =>
    (elements: readonly unknown[]): void => {
      found.add(key);
      add(elements);
    };
  await readJsonArrays(instancesPath, {
    images: watch('images', collector.addImages),
    annotations: watch('annotations', collector.addAnnotations),
    categories: watch('categories', collector.addCategories),
  });
  if (!found.has('images')) {
    throw new QualmError(
      'dataset-invalid',
      `readCoco: "${instancesPath}" has no array "images"; give an instances file`,
    );
  }
  const boxes = (options.boxes ?? 'pixels') as Space;
  return cocoDataset(await collector.finish(boxes), { folder, followLinks, unannotated });
}

function assertCocoOptions(options: ReadCocoOptions<BoxSpace>): void {
  assertOptions('readCoco', options, "{ images: 'val2017' }");
  const { images = '.', boxes = 'pixels', unannotated = 'keep', segmentations = 'keep' } = options;
  assertText('readCoco', 'images', images, "a folder, such as 'val2017'");
  assertChoice('readCoco', 'boxes', boxes, ['pixels', 'relative']);
  assertChoice('readCoco', 'unannotated', unannotated, ['keep', 'drop']);
  assertChoice('readCoco', 'segmentations', segmentations, ['keep', 'drop']);
}
