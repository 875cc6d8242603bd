import { extname } from 'node:path';
import { assertText, decodeUtf8, wrongArgument } from '@qualm/types';
import type { Label } from '@qualm/types';
import { parseLabelMap } from './parse-label-map.ts';

const wanted =
  'expected one name per line, a JSON array of names or object {id: name}, or names in ' +
  "Ultralytics' data.yaml, Hugging Face's config.json, a COCO file or TensorFlow's label map";

/** The labels in a file's content, as `readLabels` has them.
 * @param name of the file, whose ending may say what it is.
 * @throws SyntaxError that says what is wrong and what was expected.
 * @example (await parseLabels('labels.txt', bytes))[0] // { id: 0, name: 'tench' }
 */
export async function parseLabels(name: string, bytes: Uint8Array): Promise<readonly Label[]> {
  assertText('parseLabels', 'its name', name, "the name of a file, such as 'labels.txt'");
  if (!ArrayBuffer.isView(bytes)) throw wrongArgument('parseLabels', 'its bytes', bytes, 'a Uint8Array');
  const labels = await parse(name, bytes).catch((cause: unknown) => {
    throw invalid(cause instanceof Error ? cause.message.trim().split('\n')[0]! : String(cause), cause);
  });
  if (labels.length === 0) throw invalid('it is empty');
  if (new Set(labels.map(({ id }) => id)).size < labels.length) throw invalid('an id stands in it twice');
  return labels;
}

async function parse(name: string, bytes: Uint8Array): Promise<Label[]> {
  const text = decodeUtf8(bytes);
  if (/^\s*[[{]/.test(text)) return fromJson(JSON.parse(text));
  if (/^\s*item\s*:?\s*\{/m.test(text) || isNamed(name, '.pbtxt')) return parseLabelMap(text);
  if (/^names\s*:/m.test(text) || isNamed(name, '.yaml', '.yml')) {
    const yaml = await import('yaml');
    return fromYaml(yaml.parse(text, numberAsName));
  }
  return fromLines(text);
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

function invalid(why: string, cause?: unknown): SyntaxError {
  return new SyntaxError(`${why}; ${wanted}`, { cause });
}
