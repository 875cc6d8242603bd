import { isSame, putValue } from '../../kept/kept-kind.ts';
import type { Kept, KeptKind } from '../../kept/kept-kind.ts';
import type { KeptStore } from './kept-stores.ts';

/** What people said, and where it is kept. */
export interface Keeper<Value> {
  readonly all: Kept<Value>;
  /** Settled once the store has them, which is asked once for all; gives the ids of what somebody
   * else had changed, which is now as they left it.
   * @throws what the store throws; the page holds the values all the same, and the next ones save
   * them too.
   */
  set(values: ReadonlyMap<string, Value | null>): Promise<readonly string[]>;
  /** Takes over what others said; true where that is anything. */
  refresh(): Promise<boolean>;
  /** How many will be lost with the page. */
  readonly unkept: () => number;
}

/** What the store has of those ids that are known. */
export async function openKept<Value, Change extends object>(
  kind: KeptKind<Value, Change>,
  store: KeptStore<Value, Change>,
  isKnown: (id: string) => boolean,
): Promise<Keeper<Value>> {
  /** As the store has them, as far as this page knows. */
  const stored = new Map<string, Value>();
  const all = new Map<string, Value>();
  const unsaved = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  async function load(): Promise<boolean> {
    const loaded = new Map<string, Value>();
    for (const [id, value] of Object.entries((await store.load()) ?? {})) {
      const read = kind.read(value);
      if (read && isKnown(id)) loaded.set(id, read);
    }
    let isNew = false;
    for (const id of new Set([...stored.keys(), ...loaded.keys()])) {
      const [before, now] = [stored.get(id) ?? null, loaded.get(id) ?? null];
      if (unsaved.has(id) || isSame(kind, before, now)) continue;
      putValue(stored, id, now);
      putValue(all, id, now);
      isNew = true;
    }
    return isNew;
  }

  async function saveUnsaved(): Promise<string[]> {
    const wanted = [...unsaved].map((id) => ({ id, value: all.get(id) ?? null }));
    if (wanted.length === 0) return [];
    const changes = wanted.map(({ id, value }) => ({ id, ...kind.changeBetween(stored.get(id) ?? null, value) }));
    const changed = await store.save(changes);
    const behind: string[] = [];
    wanted.forEach(({ id, value: sent }, at) => {
      const { value, isBehind } = changed[at]!;
      putValue(stored, id, value);
      if (isBehind) behind.push(id);
      // Somebody may have gone on changing it while it was saved.
      if (!isBehind && !isSame(kind, all.get(id) ?? null, sent)) return;
      unsaved.delete(id);
      putValue(all, id, value);
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
    set(values) {
      for (const [id, value] of values) {
        putValue(all, id, value);
        unsaved.add(id);
      }
      return inTurn(saveUnsaved);
    },
    refresh: () => inTurn(load),
    unkept: store.unkept,
  };
}
