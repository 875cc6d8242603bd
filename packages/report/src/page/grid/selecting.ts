import type { SelectedCells } from './selected-cells.ts';

/** What selects cells of those that are shown. */
export interface Selecting {
  all(): void;
  none(): void;
  invert(): void;
  first(count: number): void;
  /** Selects a cell or not; with all from another one where that is not null. */
  pick(position: number, from: number | null): void;
}

/** @param changed told after each change */
export function createSelecting(
  selected: SelectedCells,
  shown: () => readonly number[],
  changed: () => void,
): Selecting {
  const then = (work: () => void): void => {
    work();
    changed();
  };
  return {
    all: () => then(() => selected.all(shown())),
    none: () => then(selected.none),
    invert: () => then(() => selected.invert(shown())),
    first: (count) => then(() => selected.first(shown(), count)),
    pick: (position, from) =>
      then(() => {
        const index = shown()[position];
        if (from !== null) selected.extend(shown(), from, position);
        else if (index !== undefined) selected.toggle(index);
      }),
  };
}
