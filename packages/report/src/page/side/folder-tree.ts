import { folderWords, isWithin } from '../filters/by-folder.ts';

/** A folder of images, or one above such folders. */
export interface TreeFolder {
  readonly path: string;
  /** As the tree shows it, below the one above. */
  readonly name: string;
  /** How many listed folders are above it. */
  readonly depth: number;
  /** The places of the folders that are it, or below it. */
  readonly holds: readonly number[];
}

/** As many are listed; those below them are in their counts. */
const most = 200;

/** Folders with all that are above them, each above what it holds, in the order of the alphabet; of
 * very many those nearest to the top.
 */
export function folderTree(folders: readonly string[]): TreeFolder[] {
  const paths = new Set(folders.flatMap(above));
  const sorted = [...paths].sort((one, two) => depthOf(one) - depthOf(two) || compare(one, two)).slice(0, most);
  return sorted.sort(byParts).map((path) => ({
    path,
    name: path === '' ? folderWords('') : path.slice(path.lastIndexOf('/') + 1),
    depth: depthOf(path),
    holds: folders.flatMap((folder, place) => (isWithin(folder, path) ? [place] : [])),
  }));
}

/** A folder, and all above it. */
function above(folder: string): string[] {
  const parts = folder.split('/');
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

function depthOf(path: string): number {
  return path.split('/').length - 1;
}

function byParts(one: string, two: string): number {
  const [first, second] = [one.split('/'), two.split('/')];
  const at = first.findIndex((part, place) => part !== second[place]);
  if (at < 0) return first.length - second.length;
  return second[at] === undefined ? 1 : compare(first[at]!, second[at]);
}

function compare(one: string, two: string): number {
  return one < two ? -1 : one > two ? 1 : 0;
}
