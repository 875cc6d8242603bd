import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assertIterable, assertText, Image } from '@qualm/types';
import type { ImageSource } from '@qualm/types';
import { createPathFinder } from '../files/create-path-finder.ts';
import { createImageSource } from './create-image-source.ts';

/** The images of a list of paths and URIs, in the order of the list. `image_id` is the text as given; paths are taken
 * relative to the current folder, and found where the disk spells them in another Unicode form. Nothing is opened, and a text
 * may stand in the list twice.
 * @example openImages(['a.jpg', 'https://example.org/b.jpg']).length // 2
 */
export function openImages(list: readonly string[]): ImageSource {
  assertIterable('openImages', 'its list', list, "an array, such as ['a.jpg', 'b.jpg']");
  const texts = [...list];
  for (const text of texts) assertText('openImages', 'an image of its list', text, 'a path or a URI');
  const find = createPathFinder();
  return createImageSource(
    texts.length,
    (row) => texts[row]!,
    (row) => ({ image_id: texts[row]!, image: Image.fromUri(asUri(texts[row]!, find)) }),
  );
}

/** One letter before the colon is a drive of Windows, not a scheme. */
function asUri(text: string, find: (path: string) => string): string {
  return /^[a-z][a-z0-9+.-]+:/i.test(text) ? text : pathToFileURL(find(resolve(text))).href;
}
