import { readFile } from 'node:fs/promises';
import { QualmError } from '@qualm/types';
import type { Label } from '@qualm/types';
import { ioError } from '../files/io-error.ts';

/** The labels of a file: one name per line or a JSON array of names, numbered from 0; a JSON object {id: name}; or a JSON
 * array of {id, name, supercategory?}. Empty lines at the end do not count.
 * @throws QualmError `io` when it cannot be read, `dataset-invalid` for anything else, an empty file or an id twice.
 * @example (await readLabels('labels.txt'))[0] // { id: 0, name: 'tench' }
 */
export async function readLabels(path: string): Promise<readonly Label[]> {
  const text = await readFile(path, 'utf8').catch(async (error: unknown) => {
    throw await ioError('read', path, error);
  });
  const labels = parseLabels(path, text.replace(/^\ufeff/, ''));
  const ids = new Set(labels.map(({ id }) => id));
  if (labels.length === 0) throw invalid(path, 'it is empty');
  if (ids.size < labels.length) throw invalid(path, 'an id stands in it twice');
  return labels;
}

function parseLabels(path: string, text: string): Label[] {
  if (!/^\s*[[{]/.test(text)) return parseLines(path, text);
  const value = parseJson(path, text);
  const entries: [unknown, unknown][] = Array.isArray(value)
    ? value.map((entry: unknown, index) => (typeof entry === 'string' ? [index, entry] : [null, entry]))
    : Object.entries(value as object);
  return entries.map(([id, entry]) => toLabel(path, id, entry));
}

function parseLines(path: string, text: string): Label[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  while (lines.at(-1) === '') lines.pop();
  const empty = lines.indexOf('');
  if (empty >= 0) throw invalid(path, `line ${empty + 1} is empty`);
  return lines.map((name, id) => ({ id, name }));
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(path, (cause as Error).message, cause);
  }
}

function toLabel(path: string, key: unknown, entry: unknown): Label {
  if (typeof entry === 'string' && Number.isSafeInteger(Number(key))) return { id: Number(key), name: entry };
  const { id, name, supercategory } = (entry ?? {}) as Record<string, unknown>;
  if (!Number.isSafeInteger(id) || typeof name !== 'string') {
    throw invalid(path, `${JSON.stringify(entry)} has no whole id and name`);
  }
  return { id: id as number, name, ...(typeof supercategory === 'string' && { supercategory }) };
}

function invalid(path: string, why: string, cause?: unknown): QualmError {
  return new QualmError(
    'dataset-invalid',
    `readLabels: "${path}": ${why}; wanted one name per line, a JSON array of names, or a JSON object {id: name}`,
    { cause },
  );
}
