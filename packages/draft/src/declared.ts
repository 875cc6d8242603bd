import type { Label, Size } from '@qualm/types';
import { parse } from 'yaml';

/** What a model's file says of itself. */
export interface Declared {
  readonly labels: readonly Label[] | null;
  /** The key under which there are names that cannot be read; null where there are none. */
  readonly unread: string | null;
  readonly size: Size | null;
  /** `detect`, `segment`, `pose`, `obb`, `classify`. */
  readonly task: string | null;
  /** Whether it is an export of Ultralytics, whose preprocessing is always the same. */
  readonly isUltralytics: boolean;
}

/** Reads the metadata of a file: that of Ultralytics' exports (`names`, `imgsz`, `task`), and
 * `id2label`, `names`, `classes` or `labels` of others, as JSON, as lists with commas, or as Python
 * prints them. Nothing of it is trusted: what cannot be read is passed over.
 * @see https://docs.ultralytics.com/modes/export/
 * @example declaredBy({ names: "{0: 'cat', 1: 'dog'}", task: 'detect', stride: '32' }).labels?.length // 2
 */
export function declaredBy(metadata: Readonly<Record<string, string>>): Declared {
  const keys = ['names', 'id2label', 'classes', 'labels', 'class_names'].filter((key) => metadata[key] !== undefined);
  const labels = keys.map((key) => labelsOf(metadata[key])).find((found) => found !== null) ?? null;
  const unread = labels ? null : (keys[0] ?? null);
  const { imgsz, task = null, stride, author = '' } = metadata;
  const isUltralytics = author === 'Ultralytics' || (task !== null && stride !== undefined);
  return { labels, unread, size: sizeOf(imgsz), task, isUltralytics };
}

/** JSON is YAML, and so is what Python prints of a dict or a list of plain names. */
function parsed(text: string | undefined): unknown {
  if (text === undefined || text.length > 2 ** 20) return null;
  try {
    return parse(text.replaceAll(/\\'/g, "''"), { maxAliasCount: 0 });
  } catch {
    return null;
  }
}

function labelsOf(text: string | undefined): Label[] | null {
  const value = parsed(text);
  if (typeof value === 'string' && value.includes(',')) return listed(value.split(',').map((name) => name.trim()));
  if (Array.isArray(value)) return listed(value.map(String));
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value).map(([key, name]) => ({ id: Number(key), name: String(name) }));
  const isNumbered = entries.length > 0 && entries.every(({ id }) => Number.isSafeInteger(id) && id >= 0);
  return isNumbered ? entries.sort((a, b) => a.id - b.id) : null;
}

function listed(names: readonly string[]): Label[] | null {
  return names.length > 0 && names.every((name) => name !== '') ? names.map((name, id) => ({ id, name })) : null;
}

/** `[480, 640]`: height, then width; or one number. */
function sizeOf(text: string | undefined): Size | null {
  const value = parsed(text);
  const [height, width] = Array.isArray(value) ? (value as unknown[]) : [value, value];
  const isSide = (side: unknown): side is number => Number.isSafeInteger(side) && (side as number) > 0;
  return isSide(height) && isSide(width) ? { width, height } : null;
}
