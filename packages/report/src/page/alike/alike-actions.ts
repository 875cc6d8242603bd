import type { ReportData } from '../../report-data.ts';
import type { Marks } from '../../selection.ts';
import type { CellSelector } from '../filters/select-cells.ts';
import { createMapPanel } from '../map/map-panel.ts';
import { placesOf } from '../map/map-places.ts';
import type { ViewState } from '../view-state.ts';
import { createAlikeBar } from './alike-bar.ts';
import { unlikeText } from './alike-state.ts';
import { createArrangedCells } from './arranged-cells.ts';
import { vectorsOf } from './cell-vectors.ts';
import { foldedBadge } from './folded-badge.ts';

/** What a page does with cells that are alike: folds them, orders by likeness, draws the map. */
export interface AlikeActions {
  /** For the bar above the grid, and for the side; nothing where a report has no use for them. */
  readonly controls: readonly HTMLElement[];
  /** For what is selected. */
  readonly ofSelected: readonly HTMLElement[];
  readonly panels: readonly HTMLElement[];
  /** What the grid shows. */
  arrange(): readonly number[];
  /** The cells of another state, without folding. */
  cells(state: ViewState): readonly number[];
  /** Of a cell under which others are folded. */
  badge(index: number): HTMLElement | null;
  /** Shows what is folded into a cell. */
  openFolded(index: number | undefined): void;
  /** Orders by likeness to a cell. */
  moreLike(index: number): void;
  /** Draws the map, a moment later: what is looked at first comes first. */
  update(): void;
  /** Says how many are folded. */
  count(selected: number): void;
}

export interface AlikeParts {
  readonly marks: { readonly all: Marks };
  state(): ViewState;
  selected(): ReadonlySet<number>;
  change(part: Partial<ViewState>): void;
  /** Looks at a cell. */
  open(index: number): void;
}

export function createAlikeActions(
  data: ReportData,
  select: CellSelector,
  { marks, state, selected, change, open }: AlikeParts,
): AlikeActions {
  const { id } = data.cells;
  const [vectors, places] = [vectorsOf(data), placesOf(data)];
  const arranged = createArrangedCells(data, select, () => change({}));
  const map = vectors && places ? createMapPanel(data, places, vectors.words, { change, open }) : null;
  const unlike = (): void => change({ unlike: unlikeText([...selected()].map((index) => id[index]!)), like: null });
  const bar = vectors || data.by === 'box' ? createAlikeBar(data, vectors, { change, unlike }) : null;
  let under: ReadonlyMap<number, readonly number[]> = new Map();
  let cells: readonly number[] = [];
  let folded = 0;
  let isFolding = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function openFolded(index: number | undefined): void {
    if (index !== undefined && under.has(index)) change({ group: id[index]! });
  }

  return {
    controls: bar ? [bar.root] : [],
    ofSelected: bar?.unlike ? [bar.unlike] : [],
    panels: map ? [map.root] : [],
    arrange() {
      const found = arranged.arrange(state(), marks.all);
      ({ under, cells, isFolding } = found);
      folded = 0;
      for (const list of under.values()) folded += list.length;
      return found.kept;
    },
    cells: (asked) => arranged.cells(asked, marks.all),
    badge(index) {
      const count = under.get(index)?.length ?? 0;
      return count === 0 ? null : foldedBadge(count, state().fold === 'image', () => openFolded(index));
    },
    openFolded,
    moreLike: (index) => change({ like: id[index]!, unlike: '', group: null }),
    update() {
      if (!map) return;
      clearTimeout(timer);
      timer = setTimeout(() => map.update(state(), cells, marks.all));
    },
    count: (count) => bar?.set(state(), count, isFolding ? null : folded),
  };
}
