import type { ReportData } from '../report-data.ts';
import type { Mark } from './view-state.ts';

/** What was marked, kept in this browser where it lets us. */
export interface Marks {
  readonly all: ReadonlyMap<string, Mark>;
  set(id: string, mark: Mark | null): void;
}

export function openMarks({ id, cells }: ReportData, storage: () => Storage): Marks {
  const key = `qualm-report-${id}`;
  const known = new Set(cells.map((cell) => cell.id));
  const all = new Map<string, Mark>();
  for (const [cell, mark] of Object.entries(read(key, storage)))
    if (known.has(cell) && (mark === 'accept' || mark === 'reject')) all.set(cell, mark);
  return {
    all,
    set(cell, mark) {
      if (mark === null) all.delete(cell);
      else all.set(cell, mark);
      try {
        storage().setItem(key, JSON.stringify(Object.fromEntries(all)));
      } catch {
        // Private windows and full stores: the marks live as long as the page does.
      }
    },
  };
}

function read(key: string, storage: () => Storage): object {
  try {
    const value: unknown = JSON.parse(storage().getItem(key) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** The marks as a table: id, image, label, score, mark, and what each strategy says. Fields that a spreadsheet would take for a formula are
 * led by an apostrophe.
 */
export function marksAsCsv(data: ReportData, marks: ReadonlyMap<string, Mark>): string {
  const head = ['id', 'image', 'label', 'score', 'mark', ...data.strategies.map(({ name }) => name)];
  const rows = data.cells.flatMap((cell) => {
    const mark = marks.get(cell.id);
    return mark ? [[cell.id, cell.image, data.labels[cell.label] ?? '', cell.score, mark, ...cell.values]] : [];
  });
  return [head, ...rows].map((row) => row.map(field).join(',')).join('\r\n') + '\r\n';
}

/** The same for programs. */
export function marksAsJson(data: ReportData, marks: ReadonlyMap<string, Mark>): string {
  const selection = data.cells.flatMap(({ id, image, label }) => {
    const mark = marks.get(id);
    return mark ? [{ id, image, label: data.labels[label] ?? null, mark }] : [];
  });
  return `${JSON.stringify({ report: data.id, title: data.title, selection }, null, 1)}\n`;
}

function field(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
