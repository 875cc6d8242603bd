import { basename } from 'node:path';
import type { ListedImage } from '@qualm/selection';
import { UsageError } from '../terminal/exit-code.ts';
import { csvNames, csvRows } from './csv-rows.ts';
import { reasonIn } from './listed-reason.ts';
import { readText } from './read-text.ts';

/** A row of a file that names images, by id or by the name of a file. */
export interface NamedImage {
  readonly id?: string;
  /** For predictions whose ids are whole numbers. */
  readonly number?: string;
  /** For those whose ids are not. */
  readonly file?: string;
  /** Of a list of boxes, which of those that are stored of the image it is; null where it is none
   * of them. Absent where rows are images.
   */
  readonly box?: number | null;
  /** Why it is in the list, in words. */
  readonly reason?: string;
  /** All that the row says, by the names of columns; absent of an id alone. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** Reads a file that names images: ids, one a line, in quotes or not; marks or a selection of the
 * report's page (JSON, CSV); a list of rank, batch or errors (CSV, JSON), or a CSV of one's own; or
 * a COCO file, by id where predictions have whole numbers for ids, else by file name.
 * @param option that names the file, for messages.
 * @throws UsageError for anything else, and for a file that names no image.
 */
export async function readNamedImages(option: string, path: string): Promise<NamedImage[]> {
  const from = `${option} ${path}`;
  const named = parse(await readText(path), from);
  if (named.length === 0) throw new UsageError(`${from}: names no image`);
  return named;
}

/** Finds the rows of an image, by its id or the name of its file; none where it has none. */
export function findNamed(rows: readonly NamedImage[]): (image: ListedImage) => readonly NamedImage[] {
  const ids = rowsBy(rows, ({ id }) => id);
  const numbers = rowsBy(rows, ({ number }) => number);
  const files = rowsBy(rows, ({ file }) => file);
  return ({ image_id: id, image }) =>
    ids.get(String(id)) ??
    (typeof id === 'number' ? numbers.get(String(id)) : files.get(id)) ??
    (image === null || (typeof id === 'number' && numbers.size > 0) ? undefined : files.get(fileName(image))) ??
    [];
}

function rowsBy(
  rows: readonly NamedImage[],
  keyOf: (row: NamedImage) => string | undefined,
): ReadonlyMap<string, readonly NamedImage[]> {
  const found = new Map<string, NamedImage[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === undefined) continue;
    const same = found.get(key);
    if (same) same.push(row);
    else found.set(key, [row]);
  }
  return found;
}

/** Of a URI, whose encoding may be broken. */
function fileName(uri: string): string {
  try {
    return decodeURIComponent(basename(uri));
  } catch {
    return basename(uri);
  }
}

function parse(text: string, from: string): NamedImage[] {
  if (/^\s*[[{]/.test(text)) return fromJson(text, from);
  const lined = text.includes('\n') ? text : text.replaceAll('\r', '\n');
  const rows = csvRows(lined, 'image_id');
  if (rows)
    return rows.map((row) => {
      const texts = Object.entries(row).map(([name, value]) => [name, withoutEscape(value)] as const);
      return listed(Object.fromEntries(texts), from);
    });
  const lines = lined.split(/\r?\n/).filter((line) => line.trim() !== '');
  const [head = ''] = lines;
  if (head.includes(',') && !isQuoted(head))
    throw new UsageError(
      `${from}: a CSV without a column "image_id"; it has ${csvNames(head).join(', ')}. Where these are ids, ` +
        'write image_id above them, and quotes around each',
    );
  return lines.map((line) => ({ id: isQuoted(line) ? csvNames(line)[0]! : line }));
}

/** Whether a line is one cell in quotes. */
function isQuoted(line: string): boolean {
  return /^"(?:[^"]|"")*"$/.test(line);
}

/** Our CSV has an apostrophe before what a spreadsheet would run. */
function withoutEscape(text: string): string {
  return text.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/u, '');
}

function fromJson(text: string, from: string): NamedImage[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${from}: not valid JSON: ${(cause as Error).message}`, { cause });
  }
  const { selection, images } = value as { selection?: unknown; images?: unknown };
  if (Array.isArray(value)) return value.map((entry) => (isObject(entry) ? listed(entry, from) : idOf(entry, from)));
  if (Array.isArray(selection)) return selection.map((entry) => marked(entry, from));
  if (Array.isArray(images)) return images.map((image) => cocoImage(image, from));
  throw new UsageError(
    `${from}: JSON without a list of images; expected image ids one a line, marks of the report's page, a list of rank, batch or errors (.csv, .json), or a COCO file`,
  );
}

/** A row of a list. */
function listed(row: Readonly<Record<string, unknown>>, from: string): NamedImage {
  const reason = reasonIn(row);
  return {
    ...('image_id' in row ? idOf(row['image_id'], from) : idOf(row, from)),
    ...(isBox(row) && { box: placeOf(row['found_box_index'] ?? row['box_index']) }),
    ...(reason !== null && { reason }),
    fields: row,
  };
}

/** Whether a row is of a box: it has its edges, or says which one, where our lists of images say
 * of that box what it was called, too.
 */
function isBox(row: Readonly<Record<string, unknown>>): boolean {
  return 'box' in row || 'xmin' in row || ('box_index' in row && !('label' in row));
}

function placeOf(value: unknown): number | null {
  return value == null || value === '' ? null : Number(value);
}

function idOf(value: unknown, from: string): NamedImage {
  if (typeof value === 'string' || typeof value === 'number') return { id: String(value) };
  throw new UsageError(`${from}: ${JSON.stringify(value) ?? 'nothing'} is not the id of an image`);
}

/** A report that knows no ids has names. */
function marked(value: unknown, from: string): NamedImage {
  if (!isObject(value)) return idOf(value, from);
  const { image_id: id, image } = value;
  return id === null && typeof image === 'string' ? { file: image } : listed(value, from);
}

function cocoImage(value: unknown, from: string): NamedImage {
  const { id, file_name: file } = (value ?? {}) as { id?: unknown; file_name?: unknown };
  if (typeof id !== 'number' && typeof file !== 'string')
    throw new UsageError(`${from}: an image of this COCO file has neither an id nor a file_name`);
  return { ...(typeof id === 'number' && { number: String(id) }), ...(typeof file === 'string' && { file }) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
