import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { namesModule } from '@qualm/strategies/names';
import { UsageError } from '../terminal/exit-code.ts';

/** What `./mine.ts#score`, or `my-package#score`, names. */
export interface NamedExport {
  /** The module's address. */
  readonly module: string;
  readonly exported: string;
  readonly value: unknown;
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

/** What a flag names as a module and its export, and as nothing else.
 * @throws UsageError as `importExport` does, and where no module is named.
 */
export async function importNamed(flag: string, text: string, cwd: string): Promise<unknown> {
  if (namesModule(text)) return (await importExport(flag, text, cwd)).value;
  throw new UsageError(`${flag}: "${text}" names no module and its export, such as ./mine.ts#mine`);
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
  await assertFile(flag, fileURLToPath(module));
  try {
    if (!/\.[cm]?tsx?$/.test(module)) return (await import(module)) as Record<string, unknown>;
    const { createJiti } = await import('jiti');
    const jiti = createJiti(module, { fsCache: false, interopDefault: false });
    return await jiti.import<Record<string, unknown>>(fileURLToPath(module));
  } catch (cause) {
    throw new UsageError(`${flag}: ${fileURLToPath(module)} cannot be imported: ${String(cause)}`, { cause });
  }
}

async function assertFile(flag: string, path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile()) return;
  const what = found ? 'is no file; name a module, such as ./mine.ts#mine' : 'is not there; check the path';
  throw new UsageError(`${flag}: ${path} ${what}`);
}
