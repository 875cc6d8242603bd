import { csvField } from '@qualm/types';
import { applyChange, changeBetween } from '../mark-change.ts';
import type { ChangedMark, MarkChange } from '../mark-change.ts';
import type { DecidingColumns, ReportData } from '../report-data.ts';
import { readMark, markedCells } from '../selection.ts';
import type { Mark, Marks } from '../selection.ts';

/** What was marked, and where it is kept. */
export interface MarkKeeper {
  readonly all: Marks;
  /** Settled once the store has it; gives the cells whose verdict somebody else had changed, which
   * are now as they left it.
   * @throws what the store throws; the page holds the mark all the same, and the next one saves it
   * too.
   */
  set(id: string, mark: Mark | null): Promise<readonly string[]>;
  /** Takes over what others marked; true where that is anything. */
  refresh(): Promise<boolean>;
}

/** Keeps marks, by the ids of cells. */
export interface MarkStore {
  /** Anything: what is not a mark is left out. */
  load(): Promise<unknown>;
  save(id: string, change: MarkChange): Promise<ChangedMark>;
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
      put(stored, id, now);
      put(all, id, now);
      isNew = true;
    }
    return isNew;
  }

  async function saveUnsaved(): Promise<string[]> {
    const behind: string[] = [];
    for (const id of unsaved) {
      const wanted = all.get(id) ?? null;
      const { mark, isBehind } = await store.save(id, changeBetween(stored.get(id) ?? null, wanted));
      put(stored, id, mark);
      if (isBehind) behind.push(id);
      // Somebody may have gone on marking it while it was saved.
      if (!isBehind && !isSame(all.get(id) ?? null, wanted)) continue;
      unsaved.delete(id);
      put(all, id, mark);
    }
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
    set(id, mark) {
      put(all, id, mark);
      unsaved.add(id);
      return inTurn(saveUnsaved);
    },
    refresh: () => inTurn(load),
  };
}

function put(marks: Map<string, Mark>, id: string, mark: Mark | null): void {
  if (mark === null) marks.delete(id);
  else marks.set(id, mark);
}

function isSame(one: Mark | null, two: Mark | null): boolean {
  const { verdict, tags } = changeBetween(one, two);
  return verdict === undefined && tags === undefined;
}

const prefix = 'qualm-mark/';

/** This browser, where it lets us: in private windows and full stores marks live as long as the
 * page does. Each cell has an entry of its own, so that two tabs do not write over each other's.
 */
export function browserStore(storage: () => Storage): MarkStore {
  /** What the browser would not keep. */
  const memory = new Map<string, Mark | null>();
  const read = (id: string): Mark | null =>
    memory.has(id) ? memory.get(id)! : readMark(parsed(storage().getItem(prefix + id)));
  return {
    async load() {
      return Object.fromEntries([...entriesOf(storage, read), ...memory]);
    },
    async save(id, change) {
      const changed = applyChange(
        attempt(() => read(id), memory.get(id) ?? null),
        change,
      );
      memory.set(id, changed.mark);
      attempt(() => {
        if (changed.mark === null) storage().removeItem(prefix + id);
        else storage().setItem(prefix + id, JSON.stringify(changed.mark));
        memory.delete(id);
      }, undefined);
      return changed;
    },
  };
}

function entriesOf(storage: () => Storage, read: (id: string) => Mark | null): [string, Mark | null][] {
  return attempt(() => {
    const entries = storage();
    const names = Array.from({ length: entries.length }, (_, at) => entries.key(at)!);
    const ids = names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
    return ids.map((id) => [id, read(id)]);
  }, []);
}

function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

/** The server of the page. */
export function serverStore(request: typeof fetch): MarkStore {
  const asked = async (init?: RequestInit): Promise<Response> => {
    const response = await request('marks', init);
    if (!response.ok && response.status !== 409) throw new Error(`the server said ${response.status}`);
    return response;
  };
  return {
    load: async () => (await asked()).json(),
    async save(id, change) {
      const body = JSON.stringify({ id, ...change });
      const response = await asked({ method: 'PUT', body, headers: { 'content-type': 'application/json' } });
      return { mark: readMark(await response.json()), isBehind: response.status === 409 };
    },
  };
}

/** The marks as a table: id, image_id, image, which box it is with its label and score, verdict,
 * tags, and what each strategy says, with the box that it says it of where that is another. Fields
 * that a spreadsheet would take for a formula are led by an apostrophe.
 */
export function marksAsCsv(data: ReportData, marks: Marks): string {
  const { cells, labels, strategies } = data;
  const [first, ...others] = cells.deciding as [DecidingColumns, ...DecidingColumns[]];
  const boxAt = ({ box }: DecidingColumns, index: number): number | null => (box[index]! < 0 ? null : box[index]!);
  const named = strategies.flatMap(({ name }, at) => (others[at - 1] ? [name, `${name}_box_index`] : [name]));
  const head = ['id', 'image_id', 'image', 'box_index', 'label', 'score', 'verdict', 'tags', ...named];
  const rows = cells.id.flatMap((id, index) => {
    const mark = marks.get(id);
    if (!mark) return [];
    const { verdict, tags } = mark;
    const label = labels[first.label[index]!] ?? '';
    const known = [boxAt(first, index), label, first.score[index]!, verdict, tags.join(' ')];
    const numbers = cells.values.flatMap((values, at) => {
      const other = others[at - 1];
      return other ? [values[index]!, boxAt(other, index)] : [values[index]!];
    });
    return [[id, cells.imageId[index]!, cells.image[index]!, ...known, ...numbers]];
  });
  return [head, ...rows].map((row) => row.map(field).join(',')).join('\r\n') + '\r\n';
}

/** The same for programs. */
export function marksAsJson(data: ReportData, marks: Marks): string {
  return `${JSON.stringify(markedCells(data, marks), null, 1)}\n`;
}

function field(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  return csvField(value);
}
