import { basename } from 'node:path';
import * as aq from 'arquero';
import { UsageError } from '../../terminal/exit-code.ts';
import { readText } from '../../input/read-text.ts';

/** An image that is labelled already, by whatever the file names it. */
interface Named {
  readonly id?: string;
  readonly file?: string;
}

/** Which images are labelled already.
 * @throws UsageError for any other file, or for one that has none of the images.
 */
export interface Labelled {
  readonly count: number;
  has(id: string | number, image: string | null): boolean;
}

/** Reads images that are labelled already: ids, one a line; marks or a selection of the report's
 * page (JSON, CSV); or a COCO file, by id where predictions have whole numbers for ids, else by
 * file name.
 * @param numericIds whether ids of predictions are whole numbers.
 * @throws UsageError for anything else.
 */
export async function readLabelled(path: string, numericIds: boolean): Promise<Labelled> {
  const named = parse(await readText(path), path, numericIds);
  if (named.length === 0) throw new UsageError(`--labelled ${path}: names no image`);
  const ids = new Set(named.flatMap(({ id }) => id ?? []));
  const files = new Set(named.flatMap(({ file }) => file ?? []));
  return {
    count: named.length,
    has: (id, image) =>
      ids.has(String(id)) ||
      files.has(String(id)) ||
      (image !== null && files.has(decodeURIComponent(basename(image)))),
  };
}

function parse(text: string, path: string, numericIds: boolean): Named[] {
  if (/^\s*[[{]/.test(text)) return fromJson(text, path, numericIds);
  const [head = ''] = text.split(/\r?\n/, 1);
  if (!head.includes(','))
    return text
      .split(/\r?\n/)
      .filter((line) => line !== '')
      .map((id) => ({ id }));
  const table = aq.fromCSV(text, { autoType: false });
  const column = table.columnNames().includes('image_id') ? 'image_id' : null;
  if (column === null)
    throw new UsageError(
      `--labelled ${path}: a CSV without a column "image_id"; it has ${table.columnNames().join(', ')}`,
    );
  return Array.from(table.array(column) as Iterable<string>, (id) => ({ id: withoutEscape(String(id)) }));
}

/** Our CSV has an apostrophe before what a spreadsheet would run. */
function withoutEscape(text: string): string {
  return text.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/u, '');
}

function fromJson(text: string, path: string, numericIds: boolean): Named[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`--labelled ${path}: not valid JSON: ${(cause as Error).message}`, { cause });
  }
  const { selection, images } = value as { selection?: unknown; images?: unknown };
  if (Array.isArray(value)) return value.map((entry) => idOf(entry, path));
  if (Array.isArray(selection)) return selection.map((entry) => marked(entry, path));
  if (Array.isArray(images)) return images.map((image) => cocoImage(image, path, numericIds));
  throw new UsageError(
    `--labelled ${path}: JSON without a list of images; expected image ids one a line, marks of the report's page, a CSV with image_id, or a COCO file`,
  );
}

function idOf(value: unknown, path: string): Named {
  if (typeof value === 'string' || typeof value === 'number') return { id: String(value) };
  throw new UsageError(`--labelled ${path}: ${JSON.stringify(value) ?? 'nothing'} is not the id of an image`);
}

/** A report that knows no ids has names. */
function marked(value: unknown, path: string): Named {
  const { image_id: id, image } = (value ?? {}) as { image_id?: unknown; image?: unknown };
  return id === null && typeof image === 'string' ? { file: image } : idOf(id, path);
}

function cocoImage(value: unknown, path: string, numericIds: boolean): Named {
  const { id, file_name: file } = (value ?? {}) as { id?: unknown; file_name?: unknown };
  if (numericIds) return idOf(id, path);
  if (typeof file === 'string') return { file };
  throw new UsageError(`--labelled ${path}: an image of this COCO file has no file_name`);
}
