import { dirname, resolve } from 'node:path';
import { openFolder, openImages, readCoco } from '@qualm/datasets';
import type { ImageSource } from '@qualm/types';
import { stat } from 'node:fs/promises';
import { UsageError } from './exit-code.ts';
import type { Reporter } from './reporter.ts';

export interface ImageOptions {
  readonly images?: string | undefined;
  readonly coco?: string | undefined;
  readonly limit?: number | undefined;
}

/** The images that the user points at: a folder, one file, or a COCO file with a folder.
 * @throws UsageError when nothing is named; QualmError `dataset-invalid` when it cannot be read.
 */
export async function openSource(options: ImageOptions, cwd: string, reporter: Reporter): Promise<ImageSource> {
  const { images, coco, limit } = options;
  if (coco !== undefined) {
    const file = resolve(cwd, coco);
    const dataset = await readCoco(file, { images: images === undefined ? dirname(file) : resolve(cwd, images) });
    for (const problem of dataset.problems.slice(0, 10)) reporter.warn(problem.message);
    if (dataset.problems.length > 10) reporter.warn(`${dataset.problems.length - 10} more problems in ${file}`);
    return limit === undefined ? dataset.source : firstImages(dataset.source, limit);
  }
  if (images === undefined) throw new UsageError('name the images: --images <folder>, or --coco <instances.json>');
  const path = resolve(cwd, images);
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (isFile) return openImages([path]);
  return openFolder(path, limit === undefined ? {} : { limit });
}

function firstImages(source: ImageSource, limit: number): ImageSource {
  return {
    length: Math.min(limit, source.length),
    fingerprint: `${source.fingerprint}/first-${limit}`,
    *[Symbol.iterator]() {
      let left = limit;
      for (const record of source) {
        if (left-- <= 0) return;
        yield record;
      }
    },
  };
}
