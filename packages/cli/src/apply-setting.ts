import { dirname, resolve } from 'node:path';
import type { CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { UsageError } from './exit-code.ts';

/** What a settings file needs of a command. */
export type ConfigurableCommand = Pick<CommandUnknownOpts, 'commands' | 'options' | 'setOptionValueWithSource'>;

/** A value in a settings file. */
export type Setting = string | number | boolean;

const paths: ReadonlySet<string> = new Set(['images', 'coco', 'model', 'model-root', 'out']);

/** Makes a line of a settings file the default of that option, in every command that has it.
 * @throws UsageError when no command has it, or the value is none for it.
 */
export function applySetting(
  commands: readonly ConfigurableCommand[],
  name: string,
  value: Setting,
  file: string,
): void {
  let known = false;
  for (const command of commands) {
    const option = command.options.find(({ long }) => long === `--${name}`);
    if (!option) continue;
    known = true;
    const parsed = parseSetting(option, name, value, file);
    // The same value as default and as setting, so that commander does not append a flag's values to it.
    if (option.variadic) option.default(parsed);
    command.setOptionValueWithSource(option.attributeName(), parsed, 'config');
  }
  if (!known) throw new UsageError(`${file}: "${name}" is no option of any command`);
}

function parseSetting(option: Option, name: string, value: Setting, file: string): unknown {
  const isFlag = !option.required && !option.optional;
  if (isFlag !== (typeof value === 'boolean')) {
    throw new UsageError(`${file}: ${name}: wanted ${isFlag ? 'true or false' : 'a value'}, not ${String(value)}`);
  }
  if (isFlag) return value;
  const text = asText(name, String(value), file);
  if (option.variadic) return [text];
  try {
    return option.parseArg ? option.parseArg(text, undefined) : text;
  } catch (cause) {
    throw new UsageError(`${file}: ${name}: ${text}: ${(cause as Error).message}`, { cause });
  }
}

function asText(name: string, text: string, file: string): string {
  const isPath = (paths.has(name) && text !== '-') || (name === 'strategy' && text.startsWith('.'));
  return isPath ? resolve(dirname(file), text) : text;
}
