import { assertArray, assertOptions, Image } from '@qualm/types';
import { assertNotAborted } from '../assert-not-aborted.ts';
import { unlessUnopened } from '../draw/unopened.ts';
import type { PictureOptions } from '../report/report-pictures.ts';

/** What the look of images is known by. */
export interface DescribedImages {
  /** By `image_id` as text: the 138 numbers of `describePicture`. */
  readonly vectors: ReadonlyMap<string, Float32Array>;
  /** By `image_id` as text: why an image has none. */
  readonly errors: ReadonlyMap<string, string>;
}

/** Images that are described at the same time: as many as libuv has threads. */
const atOnce = 4;

/** What images look like, by `describePicture` of `@qualm/viz`: vectors to tell images that differ
 * by, where no model made any. Compare them by Euclidean distance.
 * @param images with their addresses; one that has none, or cannot be opened, has an error
 * @throws QualmError `aborted` by the signal.
 * @example await describeImages(comparedImages(ranking, { count: 100 }))
 */
export async function describeImages(
  images: readonly { readonly image_id: string | number; readonly image: string | null }[],
  options: PictureOptions = {},
): Promise<DescribedImages> {
  assertArray('describeImages', 'its images', images, 'rows such as comparedImages gives');
  assertOptions('describeImages', options, '{ signal }');
  const { signal, onProgress } = options;
  const { describePicture } = await import('@qualm/viz');
  const vectors = new Map<string, Float32Array>();
  const errors = new Map<string, string>();
  const left = images.values();
  let done = 0;
  await Promise.all(Array.from({ length: atOnce }, describeNext));
  return { vectors, errors };

  async function describeNext(): Promise<void> {
    for (const { image_id, image } of left) {
      assertNotAborted(signal);
      if (image === null) errors.set(String(image_id), 'the image is not a file');
      else await describeOne(String(image_id), image);
      onProgress?.({ done: ++done, total: images.length });
    }
  }

  async function describeOne(id: string, uri: string): Promise<void> {
    const describe = (): Promise<Float32Array> => describePicture(Image.fromUri(uri), signal && { signal });
    const vector = await unlessUnopened(uri, describe, (reason) => void errors.set(id, reason));
    if (vector) vectors.set(id, vector);
  }
}
