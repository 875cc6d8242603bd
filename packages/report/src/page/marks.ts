import type { ReportData } from '../report-data.ts';
import { readMark, selectionOf } from '../selection.ts';
import type { Mark, Marks } from '../selection.ts';

/** What was marked, and where it is kept. */
export interface MarkKeeper {
  readonly all: Marks;
  /** @throws what the store throws; the page holds the mark all the same. */
  set(id: string, mark: Mark | null): Promise<void>;
}

/** Keeps marks, by the ids of cells. */
export interface MarkStore {
  /** Anything: what is no mark is left out. */
  load(): Promise<unknown>;
  save(all: Marks, changed: string): Promise<void>;
}

/** The marks of these cells that the store has. */
export async function openMarks({ cells }: Pick<ReportData, 'cells'>, store: MarkStore): Promise<MarkKeeper> {
  const known = new Set(cells.id);
  const all = new Map<string, Mark>();
  for (const [cell, value] of Object.entries((await store.load()) ?? {})) {
    const mark = readMark(value);
    if (mark && known.has(cell)) all.set(cell, mark);
  }
  return {
    all,
    async set(cell, mark) {
      if (mark === null) all.delete(cell);
      else all.set(cell, mark);
      await store.save(all, cell);
    },
  };
}

/** This browser, where it lets us: in private windows and full stores marks live as long as the page does. */
export function browserStore(id: string, storage: () => Storage): MarkStore {
  const key = `qualm-report-${id}`;
  return {
    async load() {
      try {
        return JSON.parse(storage().getItem(key) ?? '{}') as unknown;
      } catch {
        return {};
      }
    },
    async save(all) {
      try {
        storage().setItem(key, JSON.stringify(Object.fromEntries(all)));
      } catch {
        // Nothing to be done.
      }
    },
  };
}

/** The server of the page. */
export function serverStore(request: typeof fetch): MarkStore {
  const asked = async (init?: RequestInit): Promise<Response> => {
    const response = await request('marks', init);
    if (!response.ok) throw new Error(`the server said ${response.status}`);
    return response;
  };
  return {
    load: async () => (await asked()).json(),
    async save(all, id) {
      const body = JSON.stringify({ id, ...(all.get(id) ?? { verdict: null, tags: [] }) });
      await asked({ method: 'PUT', body, headers: { 'content-type': 'application/json' } });
    },
  };
}

/** The marks as a table: id, image, label, score, verdict, tags, and what each strategy says. Fields that a spreadsheet would take for a formula
 * are led by an apostrophe.
 */
export function marksAsCsv(data: ReportData, marks: Marks): string {
  const { cells, labels, strategies } = data;
  const head = ['id', 'image', 'label', 'score', 'verdict', 'tags', ...strategies.map(({ name }) => name)];
  const rows = cells.id.flatMap((id, index) => {
    const mark = marks.get(id);
    if (!mark) return [];
    const { verdict, tags } = mark;
    const known = [labels[cells.label[index]!] ?? '', cells.score[index]!, verdict, tags.join(' ')];
    return [[id, cells.image[index]!, ...known, ...cells.values.map((values) => values[index]!)]];
  });
  return [head, ...rows].map((row) => row.map(field).join(',')).join('\r\n') + '\r\n';
}

/** The same for programs. */
export function marksAsJson(data: ReportData, marks: Marks): string {
  return `${JSON.stringify(selectionOf(data, marks), null, 1)}\n`;
}

function field(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
