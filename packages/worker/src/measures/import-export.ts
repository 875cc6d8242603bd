import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { QualmError } from '@qualm/types';

/** A module's file and the name of its export, of `./mine.js#score`. */
export function placeOfExport(text: string, cwd: string): { readonly path: string; readonly exported: string } {
  const [path = '', exported = 'default'] = text.split('#');
  return { path: resolve(cwd, path), exported };
}

/** What a JavaScript module exports. Workers have no compiler for TypeScript beside them.
 * @throws QualmError `options-invalid` where it cannot be imported, or has no such export.
 */
export async function importExport(
  text: string,
  cwd: string,
): Promise<{ readonly value: unknown; readonly exported: string }> {
  const { path, exported } = placeOfExport(text, cwd);
  if (/\.[cm]?tsx?$/.test(path) && !readsTypeScript())
    throw invalid(`"${text}" is TypeScript; this Node reads JavaScript: compile it, or bundle it to a .js file`);
  const found = (await import(pathToFileURL(path).href).catch((cause: unknown) => {
    throw invalid(`${path} cannot be imported: ${String(cause)}`, cause);
  })) as Record<string, unknown>;
  if (Object.hasOwn(found, exported)) return { value: found[exported], exported };
  const names = Object.keys(found).join(', ') || 'nothing';
  throw invalid(`"${text}" has no export "${exported}"; it exports ${names}`);
}

function readsTypeScript(): boolean {
  return 'typescript' in process.features && Boolean(process.features.typescript);
}

function invalid(message: string, cause?: unknown): QualmError {
  return new QualmError('options-invalid', `--measure: ${message}`, { cause });
}
