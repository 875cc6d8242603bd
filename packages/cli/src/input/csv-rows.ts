import * as aq from 'arquero';

/** What stands between columns: spreadsheets write semicolons where a comma is in numbers, and tabs
 * when cells are copied. */
const delimiters = [',', ';', '\t'] as const;

/** The rows of a CSV that has a column, as texts by the names of columns. Columns are separated by
 * commas, semicolons or tabs, as its first line is; lines of blanks are left out.
 * @returns null for a text whose first line does not name the column
 */
export function csvRows(text: string, column: string): readonly Readonly<Record<string, string>>[] | null {
  const table = text.replace(/^sep=[,;\t]\r?\n/i, '');
  const [head = ''] = table.split(/\r?\n/, 1);
  const delimiter = delimiters.find((one) => csvNames(head, one).includes(column));
  if (delimiter === undefined) return null;
  const rows = aq.fromCSV(table, { delimiter, autoType: false }).objects() as Record<string, unknown>[];
  return rows
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value ?? '')])))
    .filter((row) => Object.values(row).some((value) => value.trim() !== ''));
}

/** The cells of a line. */
export function csvNames(line: string, delimiter = ','): readonly string[] {
  if (line === '') return [];
  return Object.values(aq.fromCSV(line, { delimiter, header: false, autoType: false }).object() as object).map(String);
}
