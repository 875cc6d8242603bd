import { isAbsolute, relative, sep } from 'node:path';

/** Whether a path is in a folder; both are absolute, with links resolved where they count. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
