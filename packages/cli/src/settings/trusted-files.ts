import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Terminal } from '../terminal/terminal.ts';

/** The user's folder, null where the environment names none. */
export function homeFolder(env: Terminal['env']): string | null {
  return env['HOME'] || env['USERPROFILE'] || null;
}

/** True where the user has trusted this settings file as it is now: a changed file has to be
 * trusted anew.
 */
export async function isTrusted(file: string, text: string, env: Terminal['env']): Promise<boolean> {
  const list = listPath(env);
  return list !== null && (await readTrusted(list))[await realpath(file)] === hashOf(text);
}

export function listPath(env: Terminal['env']): string | null {
  const home = homeFolder(env);
  const folder = env['XDG_CONFIG_HOME'] || (home && join(home, '.config'));
  return folder && join(folder, 'qualm', 'trusted.json');
}

export async function readTrusted(path: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
