/** Cells that are selected, by their places, all of which are shown. */
export interface SelectedCells {
  readonly places: ReadonlySet<number>;
  all(shown: readonly number[]): void;
  none(): void;
  /** The first so many of what is shown, and no others. */
  first(shown: readonly number[], count: number): void;
  invert(shown: readonly number[]): void;
  toggle(place: number): void;
  /** Selects from one position to another, both included, beside what was selected when this range
   * began. A range that goes on keeps its beginning.
   */
  extend(shown: readonly number[], from: number, to: number): void;
  /** Ends a range: the next one begins anew. */
  endRange(): void;
  /** Those of what is shown that are selected; all of it where none is. */
  among(shown: readonly number[]): readonly number[];
  /** Lets go of what is not shown any more. */
  keep(shown: readonly number[]): void;
}

/** Nothing is selected. */
export function createSelectedCells(): SelectedCells {
  let places = new Set<number>();
  let range: { readonly from: number; readonly beside: ReadonlySet<number> } | null = null;

  function select(next: Set<number>): void {
    places = next;
    range = null;
  }

  return {
    get places() {
      return places;
    },
    all: (shown) => select(new Set(shown)),
    none: () => select(new Set()),
    first: (shown, count) => select(new Set(shown.slice(0, count))),
    invert: (shown) => select(new Set(shown.filter((place) => !places.has(place)))),
    toggle(place) {
      const next = new Set(places);
      if (!next.delete(place)) next.add(place);
      select(next);
    },
    extend(shown, from, to) {
      range ??= { from, beside: places };
      const [first, last] = [Math.min(range.from, to), Math.max(range.from, to)];
      places = new Set([...range.beside, ...shown.slice(first, last + 1)]);
    },
    endRange() {
      range = null;
    },
    among: (shown) => (places.size === 0 ? shown : shown.filter((place) => places.has(place))),
    keep(shown) {
      if (places.size === 0) return;
      const seen = new Set(shown);
      select(new Set([...places].filter((place) => seen.has(place))));
    },
  };
}
