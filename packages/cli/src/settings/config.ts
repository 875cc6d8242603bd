import { applySetting } from './apply-setting.ts';
import type { ConfigurableCommand, Setting } from './apply-setting.ts';
import { UsageError } from '../terminal/exit-code.ts';
import { needsNoTrust } from './setting-trust.ts';
import { readSettingsFile } from './settings-file.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { homeFolder, isTrusted } from './trusted-files.ts';

/** The settings in force, by the long names of their options. */
export type AppliedSettings = ReadonlyMap<string, AppliedSetting>;

interface AppliedSetting extends Setting {
  readonly from: 'environment' | 'file';
  /** False for what a folder must be trusted for that is not. */
  readonly isAllowed: boolean;
}

/** Sets defaults of options from the environment, where that says nothing from the project's file,
 * and then from the user's. Keys are the options' long names without dashes:
 * `model: yolox-nano.json`. Flags go before all of them. Paths are relative to the file that they
 * stand in.
 * @throws UsageError when a file is not a flat list of known options, or a value is invalid for its
 * option.
 */
export async function applyConfig(
  commands: readonly ConfigurableCommand[],
  { cwd, env }: Pick<Terminal, 'cwd' | 'env'>,
): Promise<AppliedSettings> {
  const all = commands.flatMap(withSubcommands);
  const applied = new Map<string, AppliedSetting>();
  const apply = (setting: AppliedSetting): void => {
    applySetting(all, setting);
    applied.set(setting.name, setting);
  };
  const home = homeFolder(env);
  for (const folder of new Set([home, cwd])) {
    const file = folder === null ? null : await readSettingsFile(folder);
    if (folder === null || !file) continue;
    const { path: origin, text, settings } = file;
    const isOurs = folder === home || (await isTrusted(origin, text, env));
    for (const [name, value] of Object.entries(settings)) {
      const isAllowed = isOurs || (await needsNoTrust(name, String(value), folder));
      apply({ name, value, origin, folder, from: 'file', isAllowed });
    }
  }
  for (const { long, envVar } of all.flatMap(({ options }) => options)) {
    const value = envVar === undefined ? undefined : env[envVar];
    if (!value) continue;
    apply({ name: long!.slice(2), value, origin: envVar!, folder: cwd, from: 'environment', isAllowed: true });
  }
  return applied;
}

function withSubcommands(command: ConfigurableCommand): ConfigurableCommand[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/** What a command that is about to run takes from settings files, for people; null where that is
 * nothing.
 * @throws UsageError for a setting of a folder that is not trusted and would have to be.
 */
export function settingsInForce(
  command: Pick<ConfigurableCommand, 'options' | 'getOptionValueSource'>,
  applied: AppliedSettings,
): string | null {
  const inForce = command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) === 'config')
    .flatMap(({ long }) => applied.get(long!.slice(2)) ?? [])
    .filter(({ from }) => from === 'file');
  const refused = inForce.find(({ isAllowed }) => !isAllowed);
  if (refused) throw refusal(refused);
  if (inForce.length === 0) return null;
  const files = [...new Set(inForce.map(({ origin }) => origin))];
  const parts = files.map((file) => {
    const names = inForce.filter(({ origin }) => origin === file).map(({ name }) => name);
    return `${names.join(', ')} from ${file}`;
  });
  return `settings: ${parts.join('; ')}`;
}

function refusal({ name, value, origin }: AppliedSetting): UsageError {
  return new UsageError(
    `${origin}: "${name}: ${String(value)}" runs code or reaches outside of its folder, which is not trusted; ` +
      `read the file, then run "qualm trust" there, or give --${name}`,
  );
}
