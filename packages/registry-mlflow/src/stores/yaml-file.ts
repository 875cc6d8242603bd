import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { QualmError } from '@qualm/types';

const maxBytes = 4 * 2 ** 20;

/** The object that a YAML text holds. Tags make nothing but plain values, aliases do not multiply.
 * @throws QualmError `registry-invalid`
 */
export function parseYaml(text: string, where: string): Readonly<Record<string, unknown>> {
  if (text.length > maxBytes) throw new QualmError('registry-invalid', `${where}: longer than ${maxBytes} characters`);
  let value: unknown;
  try {
    value = parse(text, { schema: 'core', maxAliasCount: 20, prettyErrors: false, logLevel: 'error' });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new QualmError('registry-invalid', `${where}: no YAML: ${reason}`, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new QualmError('registry-invalid', `${where}: expected keys and values, got ${typeof value}`);
}

/** The object in a YAML file, null where there is no such file. */
export async function readYaml(path: string): Promise<Readonly<Record<string, unknown>> | null> {
  const text = await readSmallFile(path);
  return text === null ? null : parseYaml(text, `registry: ${path}`);
}

/** The text of a small file, null where there is none. */
export async function readSmallFile(path: string): Promise<string | null> {
  try {
    const { size } = await stat(path);
    if (size > maxBytes) throw new QualmError('registry-invalid', `registry: ${path} is longer than ${maxBytes} bytes`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR')
      return null;
    throw error;
  }
}

/** Writes YAML as MLflow does: keys in order of the alphabet. */
export async function writeYaml(path: string, value: object): Promise<void> {
  await writeWhole(path, stringify(value, { sortMapEntries: true, lineWidth: 0 }));
}

/** Writes a file that is whole or not there. Folders are made. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
