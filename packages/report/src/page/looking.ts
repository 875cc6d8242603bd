import type { ReportData } from '../report-data.ts';
import type { Detail, SaidOfCell } from './close-up/detail.ts';
import { isOfSecond } from './cells/shown-boxes.ts';
import type { Grid } from './grid/grid.ts';
import { allCells } from './view-state.ts';
import type { ViewState } from './view-state.ts';

/** Goes from the grid into the close-up, and from cell to cell in either. */
export interface Looking {
  /** Looks at the cell that stands there. */
  open(position: number): void;
  /** Looks at the cell so many steps on. */
  step(steps: number): void;
  /** Looks at a cell, also at one that is not shown. */
  openIndex(index: number): void;
  /** Looks at the cell that the state names. */
  openNamed(): void;
  /** Goes to where a cell stands, in the close-up where that is open. */
  goTo(position: number): void;
}

export interface LookingParts {
  readonly grid: Grid;
  readonly detail: Detail;
  state(): ViewState;
  shown(): readonly number[];
  saidOf(index: number): SaidOfCell;
  change(part: Partial<ViewState>): void;
  /** Keeps a change that shows no other cells. */
  remember(part: Partial<ViewState>): void;
}

export function createLooking(data: ReportData, parts: LookingParts): Looking {
  const { id } = data.cells;
  const { grid, detail, state, shown, saidOf, change, remember } = parts;

  function open(position: number): void {
    const index = shown()[position];
    if (index === undefined) return;
    grid.focus(position);
    remember({ cell: id[index]! });
    detail.show(index, `${position + 1} of ${shown().length}`, saidOf(index));
  }

  return {
    open,
    step: (steps) => open(Math.min(shown().length - 1, Math.max(0, grid.position() + steps))),
    openIndex(index) {
      if (!shown().includes(index)) {
        const { sort, reversed } = state();
        const models = isOfSecond(data, index) ? 'onlySecond' : null;
        change({ ...allCells, sort, reversed, models });
      }
      open(shown().indexOf(index));
    },
    openNamed() {
      const { cell } = state();
      if (cell === null) return;
      const position = shown().findIndex((index) => id[index] === cell);
      if (position >= 0) open(position);
    },
    goTo(position) {
      if (!detail.root.open) return grid.goTo(position);
      if (shown().length === 0) detail.close();
      else open(position);
    },
  };
}
