import type { Detail } from './close-up/detail.ts';
import type { BatchActions } from './grid/batch-bar.ts';
import type { Looking } from './looking.ts';
import type { PageActions } from './page-controls.ts';

/** What keys do, by their names. */
export type KeyActions = Readonly<Record<string, () => void>>;

/** Wherever the page is: in the grid or in the close-up. */
export function pageKeys(
  { accept, reject, clear, tag, undo }: BatchActions,
  { answer, export: save, print, help }: PageActions,
): KeyActions {
  return {
    ...{ a: accept, x: reject, u: clear, t: tag, z: undo, 'Ctrl+z': undo },
    ...{ q: answer, e: save, 'Ctrl+p': print, '?': help },
  };
}

/** In the close-up. */
export function closeUpKeys({ choose, zoom }: Detail, { step }: Looking): KeyActions {
  return {
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    ArrowUp: () => choose(-1),
    ArrowDown: () => choose(1),
    '+': () => zoom(1.5),
    '-': () => zoom(1 / 1.5),
    '0': () => zoom(0),
  };
}

/** In the grid; Escape is left to the browser where nothing is selected. */
export function gridKeys({ all, none, invert }: BatchActions, isAnySelected: boolean): KeyActions {
  return { i: invert, 'Ctrl+a': all, ...(isAnySelected && { Escape: none }) };
}
