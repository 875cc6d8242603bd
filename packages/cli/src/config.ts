import { lilconfig } from 'lilconfig';
import { applySetting } from './apply-setting.ts';
import type { ConfigurableCommand, SettingValue } from './apply-setting.ts';
import { UsageError } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

const searchPlaces = ['qualm.config.yaml', 'qualm.config.yml', 'qualm.config.json', '.qualmrc'];

/** Loaded only where there is a file, since a user should not wait for it before the first word. */
const read = async (_path: string, text: string): Promise<unknown> => (await import('yaml')).parse(text);
const loaders = { '.yaml': read, '.yml': read, '.json': read, noExt: read };

/** Sets defaults of options from the environment, where that says nothing from the project's file, and then from the
 * user's. Keys are the options' long names without dashes: `model: yolox-nano.json`. Flags go before all of them.
 * Paths are relative to the file that they stand in.
 * @throws UsageError when a file is not a flat list of known options, or a value is none for its option.
 */
export async function applyConfig(
  commands: readonly ConfigurableCommand[],
  { cwd, env }: Pick<Terminal, 'cwd' | 'env'>,
): Promise<void> {
  const all = commands.flatMap(withSubcommands);
  for (const folder of new Set([env['HOME'], cwd])) {
    if (folder === undefined) continue;
    const found = await lilconfig('qualm', { searchPlaces, loaders, stopDir: folder })
      .search(folder)
      .catch((cause: unknown) => {
        throw new UsageError(`settings in ${folder} cannot be read: ${String(cause)}`, { cause });
      });
    if (!found || found.isEmpty === true) continue;
    const settings = await checkSettings(found.config, found.filepath);
    for (const [name, value] of Object.entries(settings))
      applySetting(all, { name, value, origin: found.filepath, folder });
  }
  for (const { long, envVar } of all.flatMap(({ options }) => options)) {
    const value = envVar === undefined ? undefined : env[envVar];
    if (value) applySetting(all, { name: long!.slice(2), value, origin: envVar!, folder: cwd });
  }
}

function withSubcommands(command: ConfigurableCommand): ConfigurableCommand[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

async function checkSettings(value: unknown, file: string): Promise<Record<string, SettingValue>> {
  const { z } = await import('zod');
  const settings = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).safeParse(value ?? {});
  if (settings.success) return settings.data;
  const issues = settings.error.issues.map(({ path, message }) => [...path, message].join(': '));
  throw new UsageError(`${file}: wanted "option: value" lines; ${issues.join('; ')}`);
}
