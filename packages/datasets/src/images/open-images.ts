import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assertIterable, assertText, Image } from '@qualm/types';
import type { ImageList, ImageRecord, ImageStream } from '@qualm/types';
import { assertAsyncIterable } from '../assert-arguments.ts';
import { createPathFinder } from '../files/create-path-finder.ts';
import { createImageSource } from './create-image-source.ts';

/** The images of a list of paths and URIs, in the order of the list. `image_id` is the text as
 * given; paths are taken relative to the current folder, and found where the disk spells them in
 * another Unicode form. Nothing is opened, and a text may stand in the list twice.
 * @example openImages(['a.jpg', 'https://example.org/b.jpg']).length // 2
 */
export function openImages(list: readonly string[]): ImageList {
  assertIterable('openImages', 'its list', list, "an array, such as ['a.jpg', 'b.jpg']");
  const texts = [...list];
  for (const text of texts) assertText('openImages', 'an image of its list', text, 'a path or a URI');
  const find = createPathFinder();
  return createImageSource(
    texts.length,
    (row) => texts[row]!,
    (row) => recordOf(texts[row]!, find),
  );
}

/** The images of a list that is still being made, as `find` makes one: the same as `openImages`
 * gives, each as soon as its text is there. The stream can be read once.
 * @throws RangeError, while it is read, for what is no text; what the list throws.
 * @example openImageStream(createInterface({ input: process.stdin })).length // null
 */
export function openImageStream(list: AsyncIterable<string>): ImageStream {
  assertAsyncIterable('openImageStream', 'its list', list, 'an async iterable of paths and URIs');
  return { length: null, fingerprint: null, [Symbol.asyncIterator]: () => recordsOf(list) };
}

async function* recordsOf(list: AsyncIterable<string>): AsyncGenerator<ImageRecord, void, undefined> {
  const find = createPathFinder();
  for await (const text of list) {
    assertText('openImageStream', 'an image of its list', text, 'a path or a URI');
    yield recordOf(text, find);
  }
}

function recordOf(text: string, find: (path: string) => string): ImageRecord {
  return { image_id: text, image: Image.fromUri(asUri(text, find)) };
}

/** One letter before the colon is a drive of Windows, not a scheme. */
function asUri(text: string, find: (path: string) => string): string {
  return /^[a-z][a-z0-9+.-]+:/i.test(text) ? text : pathToFileURL(find(resolve(text))).href;
}
