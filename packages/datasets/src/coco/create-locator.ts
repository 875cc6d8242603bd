import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Image } from '@qualm/types';
import type { RowError } from '@qualm/types';
import { createPathFinder } from '../files/create-path-finder.ts';
import { isInside } from '../files/is-inside.ts';
import type { CocoImage } from './coco-image.ts';
import { withSlashes } from './with-slashes.ts';

/** The picture that a row stands for; empty bytes where `error` says that the file must not be
 * opened.
 */
export interface LocatedImage {
  readonly image: Image;
  readonly error: RowError | null;
}

/** Finds the files of images, and looks at what is on disk when it is asked: links that lead out of
 * the folder are refused unless they are to be followed, and names are found that differ in their
 * Unicode form.
 */
export function createLocator(folder: string, followLinks: boolean): (image: CocoImage) => LocatedImage {
  const find = createPathFinder();
  let root: string | null = null;
  return ({ file_name, error }) => {
    if (error || file_name === null) return { image: Image.fromBytes(new Uint8Array()), error };
    const path = find(join(folder, withSlashes(file_name)));
    const target = followLinks ? null : realPath(path);
    root ??= realPath(folder);
    if (target !== null && root !== null && !isInside(root, target)) {
      return { image: Image.fromBytes(new Uint8Array()), error: linkedOut(file_name, folder) };
    }
    return { image: Image.fromUri(pathToFileURL(path).href), error: null };
  };
}

function linkedOut(fileName: string, folder: string): RowError {
  const message =
    `readCoco: file_name ${JSON.stringify(fileName)} is a link, or behind one, that leads out of "${folder}"; ` +
    'followLinks (--follow-links) takes it';
  return { code: 'path-outside', message };
}

/** Null for a path that leads nowhere. */
function realPath(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}
