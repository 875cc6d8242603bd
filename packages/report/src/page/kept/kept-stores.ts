import { mostChangeBytes } from '../../kept/kept-kind.ts';
import type { Changed, KeptKind, Named } from '../../kept/kept-kind.ts';

/** Keeps what people say, by ids. */
export interface KeptStore<Value, Change extends object> {
  /** Anything: what is not of the kind is left out. */
  load(): Promise<unknown>;
  /** Gives what has become of each, in their order. */
  save(changes: readonly Named<Change>[]): Promise<readonly Changed<Value>[]>;
  /** How many will be lost with the page: the store is full, or keeps nothing. */
  readonly unkept: () => number;
}

/** This browser, where it lets us: in private windows and full stores what is said lives as long
 * as the page does. Each id has an entry of its own, so that two tabs do not write over each
 * other's.
 */
export function browserStore<Value, Change extends object>(
  storage: () => Storage,
  kind: KeptKind<Value, Change>,
): KeptStore<Value, Change> {
  const { prefix } = kind;
  /** What the browser would not keep. */
  const memory = new Map<string, Value | null>();
  const read = (id: string): Value | null =>
    memory.has(id) ? memory.get(id)! : kind.read(parsed(storage().getItem(prefix + id)));
  const save = ({ id, ...change }: Named<Change>): Changed<Value> => {
    const changed = kind.apply(
      attempt(() => read(id), memory.get(id) ?? null),
      // Without its id it is a change.
      change as unknown as Change,
    );
    memory.set(id, changed.value);
    attempt(() => {
      if (changed.value === null) storage().removeItem(prefix + id);
      else storage().setItem(prefix + id, JSON.stringify(changed.value));
      memory.delete(id);
    }, undefined);
    return changed;
  };
  return {
    async load() {
      return Object.fromEntries([...entriesOf(storage, prefix, read), ...memory]);
    },
    async save(changes) {
      return changes.map(save);
    },
    unkept: () => memory.size,
  };
}

function entriesOf<Value>(
  storage: () => Storage,
  prefix: string,
  read: (id: string) => Value | null,
): [string, Value | null][] {
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

/** Characters of what a server says that are shown. */
const longestRefusal = 300;

/** The server of the page. */
export function serverStore<Value, Change extends object>(
  request: typeof fetch,
  kind: KeptKind<Value, Change>,
): KeptStore<Value, Change> {
  const asked = async (init?: RequestInit): Promise<Response> => {
    const response = await request(kind.name, init).catch((error: Error) => {
      throw new Error(`no answer (${error.message}); is qualm serve still running?`, { cause: error });
    });
    if (response.ok || response.status === 409) return response;
    const words = (await response.text().catch(() => '')).trim().slice(0, longestRefusal);
    throw new Error(`the server said ${response.status}${words === '' ? '' : `, ${words}`}`);
  };
  return {
    load: async () => (await asked()).json(),
    unkept: () => 0,
    async save(changes) {
      const changed: Changed<Value>[] = [];
      for (const body of bodiesOf(changes)) {
        const response = await asked({ method: 'PUT', body, headers: { 'content-type': 'application/json' } });
        const answers = (await response.json()) as readonly Changed<unknown>[];
        changed.push(...answers.map(({ value, isBehind }) => ({ value: kind.read(value), isBehind })));
      }
      return changed;
    },
  };
}

const encoder = new TextEncoder();
const frame = '{"changes":[]}';

/** As few requests as the server takes. */
function bodiesOf(changes: readonly object[]): string[] {
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
