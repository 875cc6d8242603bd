import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { UsageError } from '../terminal/exit-code.ts';

/** What `./mine.ts#score`, or `my-package#score`, names. */
export interface NamedExport {
  /** The module's address. */
  readonly module: string;
  readonly exported: string;
  readonly value: unknown;
}

/** Whether a text names a file, or a module and its export, and not something of ours. */
export function namesModule(text: string): boolean {
  return text.includes('#') || /^[./]|^[a-z]:[\\/]/i.test(text);
}

/** Imports a module by its path, or a package as seen from `cwd`, TypeScript too; without a `#` its
 * default export.
 * @param flag what said so, for messages.
 * @throws UsageError when it cannot be found or imported, or has no such export.
 */
export async function importExport(flag: string, text: string, cwd: string): Promise<NamedExport> {
  const [path = '', exported = 'default'] = text.split('#');
  const module = /^[./]|^[a-z]:[\\/]/i.test(path)
    ? pathToFileURL(resolve(cwd, path)).href
    : await resolvePackage(flag, path, cwd);
  const found = await importModule(flag, module);
  if (Object.hasOwn(found, exported)) return { module, exported, value: found[exported] };
  const names = Object.keys(found).join(', ') || 'nothing';
  throw new UsageError(`${flag}: "${text}" has no export "${exported}"; it exports ${names}`);
}

async function resolvePackage(flag: string, name: string, cwd: string): Promise<string> {
  const { createJiti } = await import('jiti');
  const from = pathToFileURL(join(cwd, 'package.json')).href;
  const found = createJiti(from).esmResolve(name, { parentURL: from, try: true });
  if (found) return found;
  throw new UsageError(`${flag}: no package "${name}" is installed in ${cwd}; a file of yours begins with ./`);
}

/** TypeScript by jiti, which takes all of it on every version of Node. */
async function importModule(flag: string, module: string): Promise<Record<string, unknown>> {
  try {
    if (!/\.[cm]?tsx?$/.test(module)) return (await import(module)) as Record<string, unknown>;
    const { createJiti } = await import('jiti');
    const jiti = createJiti(module, { fsCache: false, interopDefault: false });
    return await jiti.import<Record<string, unknown>>(fileURLToPath(module));
  } catch (cause) {
    throw new UsageError(`${flag}: ${fileURLToPath(module)} cannot be imported: ${String(cause)}`, { cause });
  }
}
