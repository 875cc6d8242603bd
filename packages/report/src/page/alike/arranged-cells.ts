import type { ReportData } from '../../report-data.ts';
import type { Marks } from '../../selection.ts';
import type { CellSelector } from '../filters/select-cells.ts';
import type { ViewState } from '../view-state.ts';
import { createAlikeGroups } from './alike-groups.ts';
import { unlikeIds } from './alike-state.ts';
import { vectorsOf } from './cell-vectors.ts';
import { distancesTo } from './distances-to.ts';
import { foldCells } from './fold-cells.ts';
import type { FoldedCells } from './fold-cells.ts';
import { imageGroups } from './image-groups.ts';
import { createLast } from './last.ts';
import { createSlicedGroups } from './sliced-groups.ts';

/** Cells in the order of a view, and which of them are folded. */
export interface ArrangedCells {
  arrange(state: ViewState, marks: Marks): Arranged;
  /** Without folding. */
  cells(state: ViewState, marks: Marks): readonly number[];
}

export interface Arranged extends FoldedCells {
  /** What is shown, and what is folded under it. */
  readonly cells: readonly number[];
  /** Whether it is not yet known what is to be folded: what is shown is folded as before. */
  readonly isFolding: boolean;
}

/** Puts what the filters let through into the order of likeness, and folds. Each step costs
 * something only where it is asked for, and once.
 * @param onFolded told when it is known what is to be folded, where that took a while
 */
export function createArrangedCells(data: ReportData, select: CellSelector, onFolded: () => void): ArrangedCells {
  const { id } = data.cells;
  const vectors = vectorsOf(data);
  const indexOf = createLast((wanted: string) => id.indexOf(wanted));
  const alike = vectors && createSlicedGroups(createAlikeGroups(vectors), onFolded);
  let ofImages: Int32Array | undefined;
  const toOthers = createLast((key: string) => {
    const ids = new Set(JSON.parse(key) as string[]);
    const others = id.flatMap((one, index) => (ids.has(one) ? [index] : []));
    return vectors && others.some(vectors.has) ? distancesTo(vectors, others) : null;
  });

  function groupsOf({ fold }: ViewState): Int32Array | null {
    if (fold === 'image') return (ofImages ??= imageGroups(data));
    return fold === 'no' || !alike ? null : alike.of(Number(fold));
  }

  function ordered(found: readonly number[], { like, unlike }: ViewState): readonly number[] {
    const ids = like === null ? unlikeIds(unlike) : [like];
    const distances = ids.length > 0 ? toOthers(JSON.stringify(ids)) : null;
    if (!distances) return found;
    const sign = like === null ? -1 : 1;
    // Those without a vector come last either way.
    const keys = distances.map((distance) => (distance === Infinity ? Infinity : sign * distance));
    return found.toSorted((a, b) => (keys[a] === keys[b] ? 0 : keys[a]! - keys[b]!));
  }

  function cells(state: ViewState, marks: Marks): readonly number[] {
    const found = select(state, marks);
    const group = state.group === null ? -1 : indexOf(state.group);
    const groups = group < 0 ? null : groupsOf(state);
    return ordered(groups ? found.filter((index) => groups[index] === groups[group]) : found, state);
  }

  return {
    cells,
    arrange(state, marks) {
      const shown = cells(state, marks);
      // The cells of a group are looked at one by one.
      const folded = foldCells(shown, state.group === null ? groupsOf(state) : null);
      const isFolding = state.fold !== 'no' && state.fold !== 'image' && (alike?.isWorking() ?? false);
      return { ...folded, cells: shown, isFolding };
    },
  };
}
