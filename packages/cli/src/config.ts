import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { lilconfig } from 'lilconfig';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { UsageError } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

const schema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const searchPlaces = ['qualm.config.yaml', 'qualm.config.yml', 'qualm.config.json', '.qualmrc'];
const read = (_path: string, text: string): unknown => parseYaml(text);
const loaders = { '.yaml': read, '.yml': read, '.json': read, noExt: read };

/** Sets defaults of a command's options from the project's file, and where that says nothing from the user's.
 * Keys are the options' long names without dashes: `model: yolox-nano.json`. Flags and environment go before both.
 * @throws UsageError when a file is not a flat list of known options.
 */
export async function applyConfig(
  commands: readonly CommandUnknownOpts[],
  { cwd, env }: Pick<Terminal, 'cwd' | 'env'>,
): Promise<void> {
  for (const folder of [env['HOME'], cwd]) {
    if (folder === undefined) continue;
    const found = await lilconfig('qualm', { searchPlaces, loaders, stopDir: folder }).search(folder);
    if (!found || found.isEmpty === true) continue;
    const settings = schema.safeParse(found.config);
    if (!settings.success)
      throw new UsageError(`${found.filepath}: wanted "option: value" lines; ${settings.error.message}`);
    for (const [name, value] of Object.entries(settings.data)) applySetting(commands, name, value, found.filepath);
  }
}

function applySetting(
  commands: readonly CommandUnknownOpts[],
  name: string,
  value: string | number | boolean,
  file: string,
): void {
  let known = false;
  for (const command of commands) {
    const option = command.options.find(({ long }) => long === `--${name}`);
    if (!option) continue;
    known = true;
    const parsed = option.parseArg && typeof value !== 'boolean' ? option.parseArg(String(value), undefined) : value;
    command.setOptionValueWithSource(option.attributeName(), parsed, 'config');
  }
  if (!known) throw new UsageError(`${file}: "${name}" is no option of any command`);
}
