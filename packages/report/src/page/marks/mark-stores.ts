import { applyChange, mostChangeBytes } from '../../mark-change.ts';
import type { ChangedMark, NamedChange } from '../../mark-change.ts';
import { readMark } from '../../selection.ts';
import type { Mark } from '../../selection.ts';

/** Keeps marks, by the ids of cells. */
export interface MarkStore {
  /** Anything: what is not a mark is left out. */
  load(): Promise<unknown>;
  /** Gives what has become of each, in their order. */
  save(changes: readonly NamedChange[]): Promise<readonly ChangedMark[]>;
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
  const save = ({ id, ...change }: NamedChange): ChangedMark => {
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
  };
  return {
    async load() {
      return Object.fromEntries([...entriesOf(storage, read), ...memory]);
    },
    async save(changes) {
      return changes.map(save);
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
    async save(changes) {
      const changed: ChangedMark[] = [];
      for (const body of bodiesOf(changes)) {
        const response = await asked({ method: 'PUT', body, headers: { 'content-type': 'application/json' } });
        const answers = (await response.json()) as readonly ChangedMark[];
        changed.push(...answers.map(({ mark, isBehind }) => ({ mark: readMark(mark), isBehind })));
      }
      return changed;
    },
  };
}

const encoder = new TextEncoder();
const frame = '{"changes":[]}';

/** As few requests as the server takes. */
function bodiesOf(changes: readonly NamedChange[]): string[] {
  const parts: string[][] = [[]];
  let bytes = 0;
  for (const change of changes) {
    const text = JSON.stringify(change);
    // One is for the comma.
    const size = encoder.encode(text).length + 1;
    if (bytes > 0 && bytes + size > mostChangeBytes - frame.length) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)!.push(text);
    bytes += size;
  }
  return parts.map((texts) => frame.replace('[]', () => `[${texts.join(',')}]`));
}
