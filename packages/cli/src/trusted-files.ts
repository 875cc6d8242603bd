import { createHash } from 'node:crypto';
import { mkdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** The user's folder, null where the environment names none. */
export function homeFolder(env: Terminal['env']): string | null {
  return env['HOME'] || env['USERPROFILE'] || null;
}

/** True where the user has trusted this settings file as it is now: another text wants to be trusted anew. */
export async function isTrusted(file: string, text: string, env: Terminal['env']): Promise<boolean> {
  const list = listPath(env);
  return list !== null && (await readTrusted(list))[await realpath(file)] === hashOf(text);
}

/** Trusts a settings file as it is now, or no longer.
 * @returns true where that is news
 * @throws UsageError where the environment names no home.
 */
export async function trustFile(file: string, text: string | null, env: Terminal['env']): Promise<boolean> {
  const list = listPath(env);
  if (list === null) throw new UsageError('trust: the environment has no HOME, so there is no place to keep it in');
  const path = await realpath(file);
  const { [path]: before, ...others } = await readTrusted(list);
  const now = text === null ? undefined : hashOf(text);
  if (before === now) return false;
  await mkdir(dirname(list), { recursive: true, mode: 0o700 });
  const trusted = { ...others, ...(now !== undefined && { [path]: now }) };
  const { writeFileWhole } = await import('@qualm/datasets');
  await writeFileWhole(list, `${JSON.stringify(trusted, null, 1)}\n`);
  return true;
}

function listPath(env: Terminal['env']): string | null {
  const home = homeFolder(env);
  const folder = env['XDG_CONFIG_HOME'] || (home && join(home, '.config'));
  return folder && join(folder, 'qualm', 'trusted.json');
}

async function readTrusted(path: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
