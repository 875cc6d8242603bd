import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assertArray, assertOptions, assertText, Image } from '@qualm/types';
import type { ImageList } from '@qualm/types';
import { ioError } from '../files/io-error.ts';
import { createImageSource } from './create-image-source.ts';
import { listImageFiles } from './list-image-files.ts';
import type { PassedOver } from './passed-over.ts';

/** Options of `openFolder`. */
export interface OpenFolderOptions {
  /** Whether folders in the folder are read too; true by default. */
  readonly recursive?: boolean;
  /** Endings of images, in any case; by default those that sharp decodes as it is installed from
   * npm: jpg, jpeg, jpe, jfif, png, webp, gif, tif, tiff, avif. `imageExtensions()` of
   * `@qualm/vision` are those that it decodes here. */
  readonly extensions?: readonly string[];
  /** The first so many in sorted order; all by default. */
  readonly limit?: number;
  /** Whether links may lead out of the folder, and to folders; false by default. */
  readonly followLinks?: boolean;
}

/** The images of a folder. `image_id` is the path inside it, with `/` between the parts. */
export interface FolderSource extends ImageList {
  /** The folder itself, links resolved. */
  readonly root: string;
  /** What was left out, by reason, the most frequent first; of hidden files only images. */
  readonly passedOver: readonly PassedOver[];
  /** Links to images outside of the folder, or to nothing, which are not followed. */
  readonly skippedLinks: number;
}

const unfollowed = new Set(['linked out of the folder', 'linked to nothing']);
const decodable = ['jpg', 'jpeg', 'jpe', 'jfif', 'png', 'webp', 'gif', 'tif', 'tiff', 'avif'];

/** The images of a folder, sorted by path in code-point order. Files with other endings, hidden
 * ones, and links to folders or out of the folder are passed over and counted. Only paths are held
 * in memory: an image is made when the row is read.
 * @throws QualmError `io` when the folder, or one in it, cannot be read.
 * @throws RangeError for a limit that is not a whole number of at least 0.
 * @example for (const { image_id, image } of await openFolder('photos')) { ... }
 */
export async function openFolder(folder: string, options: OpenFolderOptions = {}): Promise<FolderSource> {
  assertText('openFolder', 'its folder', folder, "a path, such as 'photos'");
  assertOptions('openFolder', options, '{ recursive: false }');
  const { recursive = true, extensions = decodable, limit = Infinity, followLinks = false } = options;
  assertArray('openFolder', 'extensions', extensions, "an array, such as ['jpg', 'png']");
  if (!(limit === Infinity || (Number.isInteger(limit) && limit >= 0))) {
    throw new RangeError(`openFolder: limit is ${limit}; expected a whole number of at least 0`);
  }
  const root = await realpath(folder).catch(async (error: unknown) => {
    throw await ioError('open folder', folder, error);
  });
  const endings = new Set(extensions.map((ending) => ending.replace(/^\./, '').toLowerCase()));
  const found = await listImageFiles(root, { recursive, extensions: endings, followLinks });
  const paths = found.paths.slice(0, limit);
  const source = createImageSource(
    paths.length,
    (row) => paths[row]!,
    (row) => ({ image_id: paths[row]!, image: Image.fromUri(pathToFileURL(join(root, paths[row]!)).href) }),
  );
  const { passedOver } = found;
  const skippedLinks = passedOver.reduce((sum, { reason, count }) => sum + (unfollowed.has(reason) ? count : 0), 0);
  return withProperties(source, { root, passedOver, skippedLinks });
}

/** Adds properties in place: a spread would compute the fingerprint. */
function withProperties<S extends object, P extends object>(source: S, properties: P): S & P {
  return Object.assign(source, properties);
}
