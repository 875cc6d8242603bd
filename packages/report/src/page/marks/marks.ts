import { changeBetween } from '../../mark-change.ts';
import type { ReportData } from '../../report-data.ts';
import { putMark, readMark } from '../../selection.ts';
import type { Mark, Marks } from '../../selection.ts';
import type { MarkStore } from './mark-stores.ts';

/** What was marked, and where it is kept. */
export interface MarkKeeper {
  readonly all: Marks;
  /** Settled once the store has them, which is asked once for all; gives the cells whose verdict
   * somebody else had changed, which are now as they left it.
   * @throws what the store throws; the page holds the marks all the same, and the next ones save
   * them too.
   */
  set(marks: ReadonlyMap<string, Mark | null>): Promise<readonly string[]>;
  /** Takes over what others marked; true where that is anything. */
  refresh(): Promise<boolean>;
}

/** The marks of these cells that the store has. */
export async function openMarks({ cells }: Pick<ReportData, 'cells'>, store: MarkStore): Promise<MarkKeeper> {
  const known = new Set(cells.id);
  /** As the store has them, as far as this page knows. */
  const stored = new Map<string, Mark>();
  const all = new Map<string, Mark>();
  const unsaved = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  async function load(): Promise<boolean> {
    const loaded = new Map<string, Mark>();
    for (const [id, value] of Object.entries((await store.load()) ?? {})) {
      const mark = readMark(value);
      if (mark && known.has(id)) loaded.set(id, mark);
    }
    let isNew = false;
    for (const id of new Set([...stored.keys(), ...loaded.keys()])) {
      const [before, now] = [stored.get(id) ?? null, loaded.get(id) ?? null];
      if (unsaved.has(id) || isSame(before, now)) continue;
      putMark(stored, id, now);
      putMark(all, id, now);
      isNew = true;
    }
    return isNew;
  }

  async function saveUnsaved(): Promise<string[]> {
    const wanted = [...unsaved].map((id) => ({ id, mark: all.get(id) ?? null }));
    if (wanted.length === 0) return [];
    const changes = wanted.map(({ id, mark }) => ({ id, ...changeBetween(stored.get(id) ?? null, mark) }));
    const changed = await store.save(changes);
    const behind: string[] = [];
    wanted.forEach(({ id, mark: sent }, at) => {
      const { mark, isBehind } = changed[at]!;
      putMark(stored, id, mark);
      if (isBehind) behind.push(id);
      // Somebody may have gone on marking it while it was saved.
      if (!isBehind && !isSame(all.get(id) ?? null, sent)) return;
      unsaved.delete(id);
      putMark(all, id, mark);
    });
    return behind;
  }

  /** One after the other, so that each knows what the store said to the one before. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work, work);
    last = done.catch(() => undefined);
    return done;
  }

  await load();
  return {
    all,
    set(marks) {
      for (const [id, mark] of marks) {
        putMark(all, id, mark);
        unsaved.add(id);
      }
      return inTurn(saveUnsaved);
    },
    refresh: () => inTurn(load),
  };
}

function isSame(one: Mark | null, two: Mark | null): boolean {
  const { verdict, tags } = changeBetween(one, two);
  return verdict === undefined && tags === undefined;
}
