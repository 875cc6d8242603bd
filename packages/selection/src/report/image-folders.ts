import { fileURLToPath } from 'node:url';

/** The folders of images, `/` between their names, below the one that holds all of them; empty for
 * an image in that folder itself, null where its place is not known.
 * @param uris paths or URIs, null for an image that is not a file
 */
export function imageFolders(uris: readonly (string | null)[]): (string | null)[] {
  const paths = uris.map(partsOf);
  const known = paths.filter((path) => path !== null);
  const [first = []] = known;
  const shared = known.reduce((count, path) => sharedParts(first, path, count), first.length);
  return paths.map((path) => path && path.slice(shared).join('/'));
}

/** The names of the folders above a file, from the top. */
function partsOf(uri: string | null): string[] | null {
  if (uri === null || uri.startsWith('data:')) return null;
  // What a URL asks for beside its path may be a secret, and is no part of a name.
  return pathOf(uri)
    .split(/[\\/]+/)
    .slice(0, -1);
}

function pathOf(uri: string): string {
  if (/^https?:/i.test(uri)) return uri.replace(/[?#].*$/s, '');
  if (!uri.startsWith('file:')) return uri;
  try {
    return fileURLToPath(uri);
  } catch {
    return uri;
  }
}

function sharedParts(one: readonly string[], other: readonly string[], most: number): number {
  let count = 0;
  while (count < most && one[count] === other[count]) count++;
  return count;
}
