import { htmlEscape } from 'escape-goat';
import { counted, countText } from '@qualm/types';
import type { Image } from '@qualm/types';
import type { BoxLike } from '@qualm/viz/svg';
import { boxOfRow } from './box-of-row.ts';
import { imageOf } from './image-of.ts';
import type { TableLike } from './is-kind.ts';
import { isBox, isObject } from './is-kind.ts';

/** Draws an image of a cell as HTML, with the box of its row; it never fails. */
export type DrawImage = (image: Image, box: BoxLike | null) => Promise<string>;

export interface TableOptions {
  /** Rows that are shown. */
  readonly limit: number;
  /** Columns that are shown, in this order; all of them when absent. */
  readonly columns?: readonly string[];
}

const longestText = 120;
const mostItems = 5;

/** A list of objects as a table: its columns are those of all rows, in the order in which they
 * come.
 */
export function rowsTable(rows: readonly Readonly<Record<string, unknown>>[]): TableLike {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { numRows: () => rows.length, columnNames: () => names, get: (name, row) => rows[row]?.[name] };
}

/** The rows of a table that come first, as HTML and as plain text. */
export async function tableBundle(
  table: TableLike,
  drawImage: DrawImage,
  { limit, columns = table.columnNames() }: TableOptions,
): Promise<{ 'text/html': string; 'text/plain': string }> {
  const known = new Set(table.columnNames());
  for (const name of columns)
    if (!known.has(name))
      throw new RangeError(`show: the table has no column "${name}"; it has ${[...known].join(', ')}`);
  const length = Math.min(limit, table.numRows());
  const lines: string[] = [];
  const words: string[][] = [[...columns]];
  /** A heading stands over its numbers, as they do: to the right. */
  const isNumeric = columns.map(() => length > 0);
  for (let row = 0; row < length; row++) {
    const values = columns.map((name) => table.get(name, row));
    words.push(values.map(plainValue));
    values.forEach((value, at) => (isNumeric[at] &&= isNumber(value)));
    const box = boxOfRow(values);
    const cells = await Promise.all(values.map((value) => cellHtml(value, (image) => drawImage(image, box))));
    lines.push(`<tr>${cells.join('')}</tr>`);
  }
  const count = table.numRows();
  const rest = count - length;
  const note = `${counted(count, 'row')}${rest > 0 ? `, ${countText(rest)} of them not shown` : ''}`;
  const head = columns.map((name, at) => `<th${aligned(isNumeric[at]!)}>${htmlEscape(name)}</th>`).join('');
  return {
    'text/html': `<table><thead><tr>${head}</tr></thead><tbody>${lines.join('\n')}</tbody></table><p>${note}</p>`,
    'text/plain': `${inColumns(words)}\n${note}`,
  };
}

async function cellHtml(value: unknown, drawImage: (image: Image) => Promise<string>): Promise<string> {
  const image = imageOf(value);
  if (image) return `<td>${await drawImage(image)}</td>`;
  return `<td${aligned(isNumber(value))}>${htmlEscape(plainValue(value))}</td>`;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}

function aligned(isRight: boolean): string {
  return ` style="text-align:${isRight ? 'right' : 'left'}"`;
}

/** A value in a few words. */
export function plainValue(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
  if (typeof value === 'string') return value.length > longestText ? `${value.slice(0, longestText)}…` : value;
  const image = imageOf(value);
  if (image) return image.uri?.split(/[\\/]/).at(-1)?.slice(-longestText) ?? `${image.bytes?.length} bytes`;
  if (isBox(value))
    return `(${[value.xmin, value.ymin, value.xmax, value.ymax].map((side) => side.toFixed(0)).join(', ')})`;
  if (isDetection(value)) return detectionWords(value);
  if (isList(value)) return listWords(value);
  if (value instanceof Date) return value.toISOString();
  if (isObject(value))
    return plainValue(
      Object.entries(value)
        .map(([name, one]) => `${name}: ${plainValue(one)}`)
        .join(', '),
    );
  return String(value as bigint | boolean);
}

interface DetectionLike {
  readonly box: BoxLike;
  readonly label: string;
  readonly score?: unknown;
  readonly scores?: ArrayLike<unknown>;
}

function isDetection(value: unknown): value is DetectionLike {
  return isObject(value) && isBox(value['box']) && typeof value['label'] === 'string';
}

function detectionWords({ box, label, scores, score = scores?.[0] }: DetectionLike): string {
  return [label, score, box]
    .filter((part) => part !== undefined)
    .map(plainValue)
    .join(' ');
}

function isList(value: unknown): value is ArrayLike<unknown> & Iterable<unknown> {
  return isObject(value) && typeof value['length'] === 'number' && Symbol.iterator in value;
}

function listWords(list: ArrayLike<unknown> & Iterable<unknown>): string {
  const first: unknown[] = [];
  for (const item of list) if (first.push(item) === mostItems) break;
  // Detections: each would be a line of its own.
  if (first.some((item) => isObject(item) && 'box' in item)) return counted(list.length, 'box', 'boxes');
  const items = first.map(plainValue).join(', ');
  return `[${items}${list.length > first.length ? `, … ${countText(list.length)} in all` : ''}]`;
}

function inColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  return rows
    .map((row) =>
      row
        .map((text, at) => text.padEnd(widths[at]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
