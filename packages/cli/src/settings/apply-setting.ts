import { resolve } from 'node:path';
import type { CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { UsageError } from '../terminal/exit-code.ts';
import { isUri } from '../input/is-uri.ts';
import { pathOptions } from './setting-trust.ts';

/** What a setting needs of a command. */
export type ConfigurableCommand = Pick<
  CommandUnknownOpts,
  'commands' | 'options' | 'setOptionValueWithSource' | 'getOptionValueSource'
>;

export type SettingValue = string | number | boolean;

/** A line of a settings file, or a variable of the environment. */
export interface Setting {
  /** The option's long name without dashes. */
  readonly name: string;
  readonly value: SettingValue;
  /** The file or the variable, for messages. */
  readonly origin: string;
  /** What paths are relative to. */
  readonly folder: string;
}

/** Makes a setting the default of that option, in every command that has it.
 * @throws UsageError when no command has it, or the value is invalid for it.
 */
export function applySetting(commands: readonly ConfigurableCommand[], setting: Setting): void {
  let known = false;
  for (const command of commands) {
    const option = command.options.find(({ long }) => long === `--${setting.name}`);
    if (!option) continue;
    known = true;
    const value = parseSetting(option, setting);
    // The same value as default and as setting, so that commander does not append a flag's values
    // to it.
    if (option.variadic) option.default(value);
    command.setOptionValueWithSource(option.attributeName(), value, 'config');
  }
  if (!known) throw new UsageError(`${setting.origin}: "${setting.name}" is not an option of any command`);
}

function parseSetting(option: Option, setting: Setting): unknown {
  const { name, value, origin } = setting;
  const isFlag = !option.required && !option.optional;
  if (isFlag !== (typeof value === 'boolean')) {
    throw new UsageError(`${origin}: ${name}: expected ${isFlag ? 'true or false' : 'a value'}, not ${String(value)}`);
  }
  if (isFlag) return value;
  const text = asText(setting);
  if (option.variadic) return [text];
  try {
    return option.parseArg ? option.parseArg(text, undefined) : text;
  } catch (cause) {
    throw new UsageError(`${origin}: ${name}: ${text}: ${(cause as Error).message}`, { cause });
  }
}

function asText({ name, value, folder }: Setting): string {
  const text = String(value);
  const isPath =
    ((pathOptions.has(name) || ['tracking-uri', 'file', 'cache', 'graph-cache'].includes(name)) &&
      text !== '-' &&
      !isUri(text)) ||
    (['strategy', 'head', 'backend'].includes(name) && text.startsWith('.'));
  return isPath ? resolve(folder, text) : text;
}
