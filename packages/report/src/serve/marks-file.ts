import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { QualmError } from '@qualm/types';
import type { ReportData } from '../report-data.ts';
import { readMark, selectionOf } from '../selection.ts';
import type { Mark, Marks } from '../selection.ts';

/** Marks in a file: JSON, as the page exports them. */
export interface MarksFile {
  readonly all: Marks;
  /** Settled once the mark is in the file.
   * @throws QualmError `io`.
   */
  set(id: string, mark: Mark | null): Promise<void>;
}

/** The marks of a report in a file. What the file says of cells that the report does not have stays in it.
 * @throws QualmError `io` for a file that cannot be read, or is no file of marks: it is somebody's work, and not written over.
 */
export async function openMarksFile(path: string, data: ReportData): Promise<MarksFile> {
  const entries = await readEntries(path);
  const known = new Set(data.cells.id);
  const all = new Map<string, Mark>();
  const others: object[] = [];
  for (const entry of entries) {
    const mark = readMark(entry);
    if (typeof entry['id'] !== 'string' || !known.has(entry['id'])) others.push(entry);
    else if (mark) all.set(entry['id'], mark);
  }
  let writing: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  /** One writer at a time; whoever comes while it writes waits for the next, which writes all that came. */
  function write(): Promise<void> {
    if (next) return next;
    if (!writing) return (writing = store().finally(() => (writing = null)));
    next = writing
      .catch(() => undefined)
      .then(() => {
        next = null;
        return write();
      });
    return next;
  }

  async function store(): Promise<void> {
    const { selection, ...head } = selectionOf(data, all);
    const text = `${JSON.stringify({ ...head, selection: [...selection, ...others] }, null, 1)}\n`;
    const part = `${path}.${process.pid}.part`;
    try {
      await writeFile(part, text);
      await rename(part, path);
    } catch (cause) {
      await rm(part, { force: true });
      throw failed(path, 'could not be written', cause as Error);
    }
  }

  return {
    all,
    set(id, mark) {
      if (mark === null) all.delete(id);
      else all.set(id, mark);
      return write();
    },
  };
}

async function readEntries(path: string): Promise<Record<string, unknown>[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw failed(path, 'could not be read', cause as Error);
  }
  try {
    const { selection } = JSON.parse(text) as { selection?: unknown };
    if (Array.isArray(selection)) return selection.filter((entry) => typeof entry === 'object' && entry !== null);
  } catch {
    // Told below.
  }
  throw new QualmError(
    'io',
    `marks: "${path}" is no file of marks; wanted JSON with a list "selection"; name another file`,
  );
}

function failed(path: string, what: string, cause: Error): QualmError {
  return new QualmError('io', `marks: "${path}" ${what} (${cause.message}); check the folder and its disk`, { cause });
}
