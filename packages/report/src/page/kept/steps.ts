import { isSame } from '../../kept/kept-kind.ts';
import type { KeptKind } from '../../kept/kept-kind.ts';
import type { Keeper } from './keeper.ts';

/** Changes what is kept, of many things as easily as of one, and takes that back. */
export interface Steps<Value> {
  /** Changes these, as one step. */
  change(ids: readonly string[], next: (value: Value | null) => Value | null): void;
  /** Takes the last step back, but for what somebody else has changed since; gives its ids, none
   * where there is no step.
   */
  undo(): readonly string[];
  readonly canUndo: () => boolean;
}

interface Step<Value> {
  readonly id: string;
  readonly before: Value | null;
  readonly after: Value | null;
}

/** @param onSaved told what the store says: the ids of what it has otherwise, or an error */
export function createSteps<Value, Change extends object>(
  kind: KeptKind<Value, Change>,
  keeper: Keeper<Value>,
  onSaved: (behind: readonly string[], error: Error | null) => void,
): Steps<Value> {
  const steps: (readonly Step<Value>[])[] = [];

  function save(changed: ReadonlyMap<string, Value | null>): void {
    keeper.set(changed).then(
      (behind) => onSaved(behind, null),
      (error: Error) => onSaved([], error),
    );
  }

  return {
    change(ids, next) {
      const changed = ids.flatMap((id): Step<Value>[] => {
        const before = keeper.all.get(id) ?? null;
        const after = kind.read(next(before));
        return isSame(kind, before, after) ? [] : [{ id, before, after }];
      });
      if (changed.length === 0) return;
      steps.push(changed);
      save(new Map(changed.map(({ id, after }) => [id, after])));
    },
    undo() {
      const step = steps.pop() ?? [];
      const back = step.map(({ id, before, after }): [string, Value | null] => [
        id,
        kind.apply(keeper.all.get(id) ?? null, kind.changeBetween(after, before)).value,
      ]);
      if (back.length > 0) save(new Map(back));
      return back.map(([id]) => id);
    },
    canUndo: () => steps.length > 0,
  };
}
