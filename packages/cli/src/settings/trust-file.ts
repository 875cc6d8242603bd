import { mkdir, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFileWhole } from '@qualm/datasets';
import { UsageError } from '../terminal/exit-code.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { hashOf, listPath, readTrusted } from './trusted-files.ts';

/** Trusts a settings file as it is now, or no longer.
 * @returns true where that is news
 * @throws UsageError where the environment names no home.
 */
export async function trustFile(file: string, text: string | null, env: Terminal['env']): Promise<boolean> {
  const list = listPath(env);
  if (list === null) throw new UsageError('trust: HOME is not set, so there is no place to keep the trust in');
  const path = await realpath(file);
  const { [path]: before, ...others } = await readTrusted(list);
  const now = text === null ? undefined : hashOf(text);
  if (before === now) return false;
  await mkdir(dirname(list), { recursive: true, mode: 0o700 });
  const trusted = { ...others, ...(now !== undefined && { [path]: now }) };
  await writeFileWhole(list, `${JSON.stringify(trusted, null, 1)}\n`);
  return true;
}
