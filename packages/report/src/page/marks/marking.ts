import { applyChange, changeBetween } from '../../mark-change.ts';
import { noMark, readMark } from '../../selection.ts';
import type { Mark } from '../../selection.ts';
import type { MarkKeeper } from './marks.ts';

/** Marks cells, many as easily as one, and takes that back. */
export interface Marking {
  /** Changes the marks of these cells, as one step. */
  mark(ids: readonly string[], next: (mark: Mark) => Mark): void;
  /** Takes the last step back, but for what somebody else has changed since; gives its cells, none
   * where there is no step.
   */
  undo(): readonly string[];
  readonly canUndo: () => boolean;
}

interface Changed {
  readonly id: string;
  readonly before: Mark | null;
  readonly after: Mark | null;
}

/** @param onSaved told what the store says: the cells whose marks it has otherwise, or an error */
export function createMarking(
  marks: MarkKeeper,
  onSaved: (behind: readonly string[], error: Error | null) => void,
): Marking {
  const steps: (readonly Changed[])[] = [];

  function save(changed: ReadonlyMap<string, Mark | null>): void {
    marks.set(changed).then(
      (behind) => onSaved(behind, null),
      (error: Error) => onSaved([], error),
    );
  }

  return {
    mark(ids, next) {
      const changed = ids.flatMap((id): Changed[] => {
        const before = marks.all.get(id) ?? null;
        const after = readMark(next(before ?? noMark));
        return Object.keys(changeBetween(before, after)).length === 0 ? [] : [{ id, before, after }];
      });
      if (changed.length === 0) return;
      steps.push(changed);
      save(new Map(changed.map(({ id, after }) => [id, after])));
    },
    undo() {
      const step = steps.pop() ?? [];
      const back = step.map(({ id, before, after }): [string, Mark | null] => [
        id,
        applyChange(marks.all.get(id) ?? null, changeBetween(after, before)).mark,
      ]);
      if (back.length > 0) save(new Map(back));
      return back.map(([id]) => id);
    },
    canUndo: () => steps.length > 0,
  };
}

/** The tags that all of these marks have. */
export function commonTags(marks: readonly Mark[]): string[] {
  const [first, ...others] = marks;
  return first ? first.tags.filter((tag) => others.every(({ tags }) => tags.includes(tag))) : [];
}

/** A change of tags, from those that many have in common to others: each keeps its own. */
export function retag(before: readonly string[], after: readonly string[]): (mark: Mark) => Mark {
  const wanted = after.map((tag) => tag.trim());
  return (mark) => ({
    ...mark,
    tags: [...mark.tags.filter((tag) => !before.includes(tag) || wanted.includes(tag)), ...wanted],
  });
}
