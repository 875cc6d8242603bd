import { UsageError } from '../../terminal/exit-code.ts';
import { printableLines } from '@qualm/types';
import { readSettingsFile } from '../../settings/settings-file.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { trustFile } from '../../settings/trust-file.ts';

/** Lets the settings file of a folder say everything, as it is now; or takes that back. */
export async function runTrust(
  folder: string,
  { remove }: { readonly remove?: true | undefined },
  { env, stderr }: Pick<Terminal, 'env' | 'stderr'>,
): Promise<void> {
  const file = await readSettingsFile(folder);
  if (!file) throw new UsageError(`${folder}: has no qualm.config.yaml, qualm.config.json or .qualmrc`);
  const isNews = await trustFile(file.path, remove ? null : file.text, env);
  const state = `${isNews ? '' : 'already '}${remove ? 'not trusted' : 'trusted'}`;
  const lines = Object.entries(file.settings).map(([name, value]) => `  ${name}: ${String(value)}`);
  stderr.write(`${printableLines([`${file.path}: ${state}`, ...(remove ? [] : lines)].join('\n'))}\n`);
}
