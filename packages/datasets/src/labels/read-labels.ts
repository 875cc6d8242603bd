import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { assertText, decodeUtf8, QualmError } from '@qualm/types';
import type { Label } from '@qualm/types';
import { ioError } from '../files/io-error.ts';
import { parseLabelMap } from './parse-label-map.ts';

/** The labels of a file: one name per line or a JSON array of names, numbered from 0; a JSON object
 * {id: name}; a JSON array of {id, name, supercategory?}; or what other tools keep them in: the
 * `names` of Ultralytics' data.yaml, the `id2label` of Hugging Face's config.json, the `categories`
 * of a COCO file, TensorFlow's label map (.pbtxt, by `display_name` where it has one). Ids are the
 * file's. Empty lines at the end do not count.
 * @throws QualmError `io` when it cannot be read, `dataset-invalid` for anything else, an empty
 * file or an id twice.
 * @example (await readLabels('labels.txt'))[0] // { id: 0, name: 'tench' }
 */
export async function readLabels(path: string): Promise<readonly Label[]> {
  assertText('readLabels', 'its path', path, "a path, such as 'labels.txt'");
  const bytes = await readFile(path).catch(async (error: unknown) => {
    throw await ioError('read', path, error);
  });
  const labels = await parseLabels(path, bytes);
  const ids = new Set(labels.map(({ id }) => id));
  if (labels.length === 0) throw invalid(path, 'it is empty');
  if (ids.size < labels.length) throw invalid(path, 'an id stands in it twice');
  return labels;
}

async function parseLabels(path: string, bytes: Uint8Array): Promise<Label[]> {
  try {
    const text = decodeUtf8(bytes);
    if (/^\s*[[{]/.test(text)) return fromJson(JSON.parse(text));
    if (/^\s*item\s*:?\s*\{/m.test(text) || isNamed(path, '.pbtxt')) return parseLabelMap(text);
    if (/^names\s*:/m.test(text) || isNamed(path, '.yaml', '.yml')) {
      const { parse } = await import('yaml');
      return fromYaml(parse(text, numberAsName));
    }
    return fromLines(text);
  } catch (cause) {
    if (QualmError.is(cause)) throw cause;
    throw invalid(path, (cause as Error).message.trim().split('\n')[0]!, cause);
  }
}

function isNamed(path: string, ...endings: string[]): boolean {
  return endings.includes(extname(path).toLowerCase());
}

function fromLines(text: string): Label[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  while (lines.at(-1) === '') lines.pop();
  const empty = lines.indexOf('');
  if (empty >= 0) throw new SyntaxError(`line ${empty + 1} is empty`);
  return lines.map((name, id) => ({ id, name }));
}

function fromJson(value: unknown): Label[] {
  if (Array.isArray(value)) return fromList(value);
  const { id2label, categories } = value as { id2label?: unknown; categories?: unknown };
  if (isObject(id2label)) return fromEntries(id2label);
  if (Array.isArray(categories)) return fromList(categories);
  return fromEntries(value as object);
}

/** YAML reads `1984` as a number, which is a name all the same. */
function numberAsName(key: unknown, value: unknown): unknown {
  return typeof value === 'number' && key !== 'nc' && key !== 'id' ? String(value) : value;
}

function fromYaml(value: unknown): Label[] {
  const { names, nc } = (isObject(value) ? value : {}) as { names?: unknown; nc?: unknown };
  if (names === undefined && Array.isArray(value)) return fromList(value);
  if (!isObject(names))
    throw new SyntaxError('this YAML has no "names", where Ultralytics keeps a list or map of names');
  const labels = Array.isArray(names) ? fromList(names) : fromEntries(names);
  if (typeof nc === 'number' && nc !== labels.length)
    throw new SyntaxError(`its nc is ${nc}, its names are ${labels.length}`);
  return labels;
}

function fromList(list: readonly unknown[]): Label[] {
  return list.map((entry, index) => (typeof entry === 'string' ? { id: index, name: entry } : toLabel(entry)));
}

function fromEntries(entries: object): Label[] {
  return Object.entries(entries).map(([key, entry]) => {
    const id = Number(key);
    if (typeof entry === 'string' && /^-?\d+$/.test(key) && Number.isSafeInteger(id)) return { id, name: entry };
    return toLabel(entry);
  });
}

function toLabel(entry: unknown): Label {
  const { id, name, supercategory } = (entry ?? {}) as Record<string, unknown>;
  if (!Number.isSafeInteger(id) || typeof name !== 'string')
    throw new SyntaxError(`${brief(entry)} has no whole id and name`);
  return { id: id as number, name, ...(typeof supercategory === 'string' && { supercategory }) };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function invalid(path: string, why: string, cause?: unknown): QualmError {
  return new QualmError(
    'dataset-invalid',
    `readLabels: "${path}": ${why}; expected one name per line, a JSON array of names or object {id: name}, or names in ` +
      "Ultralytics' data.yaml, Hugging Face's config.json, a COCO file or TensorFlow's label map",
    { cause },
  );
}
