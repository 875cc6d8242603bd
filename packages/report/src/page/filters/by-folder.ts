import { columnFilter } from './filter.ts';
import type { Filter } from './filter.ts';

/** Images in this folder, and in those below it. */
export const folder: Filter<string | null> = columnFilter<string | null>({
  off: null,
  read: (text, { cells: { folders } }) => (folders.some((one) => isWithin(one, text)) ? text : null),
  test(wanted, { cells: { folder: places = [], folders } }) {
    const isAsked = folders.map((one) => isWithin(one, wanted!));
    return (index) => places[index] != null && isAsked[places[index]]!;
  },
  words: (wanted) => folderWords(wanted!),
});

/** Whether a folder is that one, or below it. */
export function isWithin(folder: string, above: string): boolean {
  return above === '' ? folder === '' : folder === above || folder.startsWith(`${above}/`);
}

/** Images that lie beside the folders have none of their own. */
export function folderWords(folder: string): string {
  return folder === '' ? 'in no folder' : `${folder}/`;
}
