import { isAbsolute, relative, sep } from 'node:path';

/** Whether a path lies outside of a folder; both are absolute. */
export function isOutside(folder: string, path: string): boolean {
  const from = relative(folder, path);
  return from === '..' || from.startsWith(`..${sep}`) || isAbsolute(from);
}
