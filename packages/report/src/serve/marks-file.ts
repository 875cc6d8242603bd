import { readFile } from 'node:fs/promises';
import { lock } from 'proper-lockfile';
import { QualmError } from '@qualm/types';
import { applyChange } from '../mark-change.ts';
import type { ChangedMark, NamedChange } from '../mark-change.ts';
import type { ReportData } from '../report-data.ts';
import { marksFormat, putMark, readMark, markedCells } from '../selection.ts';
import type { Mark, Marks, MarkedCells } from '../selection.ts';
import { writeWhole } from '../write-whole.ts';

/** Marks in a file: JSON, as the page exports them. */
export interface MarksFile {
  readonly all: Marks;
  /** Settled once what the marks have become is in the file, which is written once for all of them.
   * @throws QualmError `io`.
   */
  change(changes: readonly NamedChange[]): Promise<readonly ChangedMark[]>;
  /** Lets others have the file. */
  close(): Promise<void>;
}

/** Milliseconds after which the lock of a process that was killed expires. */
const staleAfter = 10_000;

/** The marks of a report in a file, which is locked until it is closed. What the file says of cells
 * that the report does not have stays in it.
 * @throws QualmError `io` for a file that cannot be read, that another server has, or that is not a
 * file of marks: it is somebody's work, and not written over.
 */
export async function openMarksFile(path: string, data: ReportData): Promise<MarksFile> {
  const known = new Set(data.cells.id);
  const all = new Map<string, Mark>();
  let others: Entry[] = [];
  let release: (() => Promise<void>) | null = null;

  async function take(): Promise<void> {
    release = await lockFile(path, () => (release = null));
    try {
      others = readInto(all, await readEntries(path), known);
    } catch (error) {
      await release();
      throw error;
    }
  }

  async function store(): Promise<void> {
    const selection = markedCells(data, all);
    const text = `${JSON.stringify({ ...selection, selection: [...selection.selection, ...others] }, null, 1)}\n`;
    await writeWhole(path, text).catch((cause: Error) => {
      throw failed(path, 'could not be written', cause);
    });
  }

  await take();
  const write = inOneAfterTheOther(store);
  return {
    all,
    async change(changes) {
      // A machine that slept has lost its lock, and another server may have written since.
      if (!release) await take();
      const changed = changes.map(({ id, ...change }) => {
        const one = applyChange(all.get(id) ?? null, change);
        putMark(all, id, one.mark);
        return one;
      });
      await write();
      return changed;
    },
    async close() {
      await release?.();
      release = null;
    },
  };
}

type Entry = Readonly<Record<string, unknown>>;

/** Puts the marks of known cells into `all`, and gives the entries of others. */
function readInto(all: Map<string, Mark>, entries: readonly Entry[], known: ReadonlySet<string>): Entry[] {
  all.clear();
  return entries.filter((entry) => {
    const { id } = entry;
    const isKnown = typeof id === 'string' && known.has(id);
    const mark = isKnown ? readMark(entry) : null;
    if (mark) all.set(id as string, mark);
    return !isKnown;
  });
}

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

async function lockFile(path: string, onLost: () => void): Promise<() => Promise<void>> {
  try {
    return await lock(path, { realpath: false, stale: staleAfter, update: staleAfter / 3, onCompromised: onLost });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ELOCKED') throw failed(path, 'could not be locked', cause as Error);
    throw new QualmError(
      'io',
      `marks: another qualm serve is using "${path}"; stop that one, or name another file ` +
        `(if it was killed, its lock expires after ${staleAfter / 1000} seconds)`,
      { cause },
    );
  }
}

async function readEntries(path: string): Promise<Entry[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw failed(path, 'could not be read', cause as Error);
  }
  const { format, version, selection } = parsed(text);
  if (!Array.isArray(selection))
    throw new QualmError(
      'io',
      `marks: "${path}" is not a file of marks; expected JSON with a list "selection"; name another file`,
    );
  if (format !== marksFormat.format || version !== marksFormat.version)
    throw new QualmError(
      'io',
      `marks: "${path}" is of ${version === undefined ? 'an earlier' : 'another'} version of qualm; expected ` +
        `"format": "${marksFormat.format}", "version": ${marksFormat.version}. Earlier marks named a box by its place, ` +
        'which boxes of other models have too; name another file, this one stays as it is',
    );
  return selection.filter((entry): entry is Entry => typeof entry === 'object' && entry !== null);
}

function parsed(text: string): Partial<Record<keyof MarkedCells, unknown>> {
  try {
    return (JSON.parse(text) ?? {}) as Partial<Record<keyof MarkedCells, unknown>>;
  } catch {
    return {};
  }
}

function failed(path: string, what: string, cause: Error): QualmError {
  return new QualmError('io', `marks: "${path}" ${what} (${cause.message}); check the folder and its disk`, { cause });
}
