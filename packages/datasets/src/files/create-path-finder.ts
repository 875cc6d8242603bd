import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';

/** A function that gives a path as the disk spells it. Names are matched that differ in their
 * Unicode form alone: macOS writes é as e and an accent (NFD), others as one character (NFC). A
 * path that is not there either way comes back as it is.
 */
export function createPathFinder(): (path: string) => string {
  const folders = new Map<string, ReadonlyMap<string, string>>();
  const namesOf = (folder: string): ReadonlyMap<string, string> => {
    let names = folders.get(folder);
    if (!names) folders.set(folder, (names = new Map(listed(folder).map((name) => [name.normalize(), name]))));
    return names;
  };
  const find = (path: string): string | null => {
    if (existsSync(path)) return path;
    const folder = dirname(path);
    const found = folder === parse(path).root ? folder : find(folder);
    const name =
      found === null
        ? undefined
        : namesOf(found).get(
            path
              .slice(folder.length)
              .replace(/^[/\\]/, '')
              .normalize(),
          );
    return found === null || name === undefined ? null : join(found, name);
  };
  return (path) => (path.normalize('NFC') === path.normalize('NFD') ? path : (find(path) ?? path));
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
