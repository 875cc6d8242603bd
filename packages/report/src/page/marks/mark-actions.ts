import type { ReportData } from '../../report-data.ts';
import { noMark } from '../../selection.ts';
import type { Mark } from '../../selection.ts';
import { markKind } from '../../mark-change.ts';
import type { Keeper } from '../kept/keeper.ts';
import { savedWords } from '../kept/saved-words.ts';
import { createSteps } from '../kept/steps.ts';
import { things } from '../words.ts';
import { commonTags, retag } from './common-tags.ts';
import type { TagDialog } from './tag-dialog.ts';

/** What marks need of the page around them. */
export interface MarkedPage {
  readonly shown: () => readonly number[];
  readonly selected: () => ReadonlySet<number>;
  /** Of the current cell, among those that are shown. */
  readonly position: () => number;
  /** Whether one cell is looked at closely. */
  readonly isClose: () => boolean;
  goTo(position: number): void;
  /** Marks have changed: of one cell, or of many where that is null. */
  showMarked(place: number | null): void;
  /** Marks that the store has otherwise have come back. */
  showOthers(): void;
  /** Says what went wrong; nothing for an empty text. */
  tell(message: string): void;
}

export interface MarkActions {
  /** Goes on to the next cell where it marks one. */
  judge(verdict: 'accept' | 'reject'): void;
  clear(): void;
  tag(): void;
  undo(): void;
  readonly canUndo: () => boolean;
  readonly knownTags: () => string[];
}

/** Marks the selection where there is one, else the current cell; the one that is looked at
 * closely.
 */
export function createMarkActions(
  data: ReportData,
  marks: Keeper<Mark>,
  tagging: Pick<TagDialog, 'ask'>,
  page: MarkedPage,
): MarkActions {
  const { id } = data.cells;
  const marking = createSteps(markKind, marks, (behind, error) => {
    const names = behind.map((cell) => data.cells.image[id.indexOf(cell)]!);
    page.tell(savedWords('marks', { behind: names, things: things(data.by), unkept: marks.unkept() }, error));
    if (behind.length > 0) page.showOthers();
  });

  const isOfMany = (): boolean => page.selected().size > 0 && !page.isClose();

  function targets(): readonly number[] {
    const shown = page.shown();
    if (isOfMany()) return shown.filter((place) => page.selected().has(place));
    const place = shown[page.position()];
    return place === undefined ? [] : [place];
  }

  function mark(next: (mark: Mark) => Mark, goesOn = false): void {
    const [goesFrom, places] = [goesOn && !isOfMany(), targets()];
    const [first] = places;
    if (first === undefined) return;
    marking.change(
      places.map((place) => id[place]!),
      (before) => next(before ?? noMark),
    );
    page.showMarked(places.length === 1 ? first : null);
    const [shown, position] = [page.shown(), page.position()];
    // Under a filter by marks the next one has come to its place.
    if (goesFrom && shown[position] === first && position + 1 < shown.length) page.goTo(position + 1);
    else if (page.isClose()) page.goTo(position);
  }

  const knownTags = (): string[] => [...new Set([...marks.all.values()].flatMap(({ tags }) => tags))].sort();

  return {
    judge: (verdict) => mark((before) => ({ ...before, verdict }), true),
    clear: () => mark(() => noMark),
    tag() {
      const common = commonTags(targets().map((place) => marks.all.get(id[place]!) ?? noMark));
      if (targets().length > 0) tagging.ask(common, knownTags(), (tags) => mark(retag(common, tags)));
    },
    undo() {
      const back = new Set(marking.undo());
      if (back.size === 0) return;
      page.showMarked(null);
      const position = page.shown().findIndex((place) => back.has(id[place]!));
      if (position >= 0) page.goTo(position);
    },
    canUndo: marking.canUndo,
    knownTags,
  };
}
