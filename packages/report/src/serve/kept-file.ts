import { readFile } from 'node:fs/promises';
import { lock } from 'proper-lockfile';
import { QualmError } from '@qualm/types';
import { putValue } from '../kept/kept-kind.ts';
import type { Changed, Kept, KeptKind, Named } from '../kept/kept-kind.ts';
import { writeWhole } from '../write-whole.ts';

/** What people say, in a file: JSON, as the page exports it. */
export interface KeptFile<Value, Change extends object> {
  readonly kind: KeptKind<Value, Change>;
  readonly all: Kept<Value>;
  /** Settled once what has become of it is in the file, which is written once for all changes.
   * @throws QualmError `io`.
   */
  change(changes: readonly Named<Change>[]): Promise<readonly Changed<Value>[]>;
  readonly isKnown: (id: string) => boolean;
  /** Lets others have the file. */
  close(): Promise<void>;
}

/** What a file looks like. */
export interface KeptForm<Value> {
  readonly format: string;
  readonly version: number;
  /** The field that has the entries: objects with an `id`, and the fields of a value. */
  readonly list: string;
  /** Ends what is said of files of another version. */
  readonly whyAnother: string;
  /** What the file says of all values, with their entries in `list`. */
  contents(all: Kept<Value>): Readonly<Record<string, unknown>>;
}

/** Milliseconds after which the lock of a process that was killed expires. */
const staleAfter = 10_000;

/** What a file says, which is locked until it is closed. Entries of ids that the report does not
 * know stay in it.
 * @throws QualmError `io` for a file that cannot be read, that another server has, or that is not a
 * file of the kind: it is somebody's work, and not written over.
 */
export async function openKeptFile<Value, Change extends object>(
  path: string,
  kind: KeptKind<Value, Change>,
  form: KeptForm<Value>,
  isKnown: (id: string) => boolean,
): Promise<KeptFile<Value, Change>> {
  const { name } = kind;
  const all = new Map<string, Value>();
  /** As the file has them. */
  let stored: Kept<Value> = new Map();
  let others: Entry[] = [];
  let release: (() => Promise<void>) | null = null;

  async function take(): Promise<void> {
    release = await lockFile(name, path, () => (release = null));
    try {
      const entries = await readEntries(name, path, form);
      all.clear();
      others = entries.filter((entry) => !takeOver(entry));
      stored = new Map(all);
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** Whether an entry is of an id that the report knows. */
  function takeOver(entry: Entry): boolean {
    const { id } = entry;
    if (typeof id !== 'string' || !isKnown(id)) return false;
    const value = kind.read(entry);
    if (value) all.set(id, value);
    return true;
  }

  async function store(): Promise<void> {
    const written = new Map(all);
    const contents = form.contents(all);
    const list = [...(contents[form.list] as readonly unknown[]), ...others];
    await writeWhole(path, `${JSON.stringify({ ...contents, [form.list]: list }, null, 1)}\n`).catch((cause: Error) => {
      throw failed(name, path, 'could not be written', cause);
    });
    stored = written;
  }

  /** Takes back what the file has not got, but for what somebody has changed again since: whoever
   * was told that it failed asks once more, and must not meet their own words.
   */
  function takeBack(changes: readonly { readonly id: string }[], changed: readonly Changed<Value>[]): void {
    changes.forEach(({ id }, at) => {
      if ((all.get(id) ?? null) === changed[at]!.value) putValue(all, id, stored.get(id) ?? null);
    });
  }

  await take();
  const write = inOneAfterTheOther(store);
  return {
    ...{ kind, all, isKnown },
    async change(changes) {
      // A machine that slept has lost its lock, and another server may have written since.
      if (!release) await take();
      const changed = changes.map((change) => {
        const one = kind.apply(all.get(change.id) ?? null, change);
        putValue(all, change.id, one.value);
        return one;
      });
      try {
        await write();
      } catch (error) {
        takeBack(changes, changed);
        throw error;
      }
      return changed;
    },
    async close() {
      await release?.();
      release = null;
    },
  };
}

type Entry = Readonly<Record<string, unknown>>;

/** Runs `work` for whoever calls, one at a time; all who come while it runs wait for one run more.
 */
function inOneAfterTheOther(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  return function run(): Promise<void> {
    if (next) return next;
    if (!running) return (running = work().finally(() => (running = null)));
    next = running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return run();
      });
    return next;
  };
}

async function lockFile(name: string, path: string, onLost: () => void): Promise<() => Promise<void>> {
  try {
    return await lock(path, { realpath: false, stale: staleAfter, update: staleAfter / 3, onCompromised: onLost });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ELOCKED')
      throw failed(name, path, 'could not be locked', cause as Error);
    throw new QualmError(
      'io',
      `${name}: another qualm serve is using "${path}"; stop that one, or name another file ` +
        `(if it was killed, its lock expires after ${staleAfter / 1000} seconds)`,
      { cause },
    );
  }
}

async function readEntries(
  name: string,
  path: string,
  wanted: Pick<KeptForm<unknown>, 'format' | 'version' | 'list' | 'whyAnother'>,
): Promise<Entry[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw failed(name, path, 'could not be read', cause as Error);
  }
  const { format, version, [wanted.list]: list } = parsed(text);
  if (!Array.isArray(list))
    throw new QualmError(
      'io',
      `${name}: "${path}" is not a file of ${name}; expected JSON with a list "${wanted.list}"; name another file`,
    );
  if (format !== wanted.format || version !== wanted.version)
    throw new QualmError(
      'io',
      `${name}: "${path}" is of ${version === undefined ? 'an earlier' : 'another'} version of qualm; expected ` +
        `"format": "${wanted.format}", "version": ${wanted.version}. ${wanted.whyAnother}` +
        'name another file, this one stays as it is',
    );
  return list.filter((entry): entry is Entry => typeof entry === 'object' && entry !== null);
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(text) ?? {}) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

function failed(name: string, path: string, what: string, cause: Error): QualmError {
  return new QualmError('io', `${name}: "${path}" ${what} (${cause.message}); check the folder and its disk`, {
    cause,
  });
}
