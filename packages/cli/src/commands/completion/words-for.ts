import type { CommandUnknownOpts } from '@commander-js/extra-typings';

/** A word that a line may go on with. */
export interface Word {
  readonly name: string;
  readonly description: string;
}

/** The words that may stand where a line ends; `files` where that is a path.
 * @param line what was typed, with the program's name, up to the cursor
 */
export function wordsFor(program: CommandUnknownOpts, line: string): readonly Word[] | 'files' {
  const [, ...typed] = line.trimStart().split(/\s+/);
  const last = typed.pop() ?? '';
  const [command, before] = commandOf(program, typed);
  const words = candidates(command, before.at(-1), last);
  return words === 'files' ? words : words.filter(({ name }) => name.startsWith(last));
}

/** The command that is being typed, and the words after its name. */
function commandOf(program: CommandUnknownOpts, typed: readonly string[]): [CommandUnknownOpts, readonly string[]] {
  const [first, ...rest] = typed;
  const found = program.commands.find((command) => command.name() === first);
  return found ? commandOf(found, rest) : [program, typed];
}

function candidates(command: CommandUnknownOpts, before: string | undefined, last: string): readonly Word[] | 'files' {
  const option = command.options.find(
    ({ short, long }) => before === long || (before === short && short !== undefined),
  );
  if (option?.required || option?.optional) return valuesOf(option.argChoices);
  const help = command.createHelp();
  if (last.startsWith('-'))
    return help
      .visibleOptions(command)
      .flatMap(({ long, description }) => (long == null ? [] : [{ name: long, description }]));
  if (command.commands.length > 0)
    return help
      .visibleCommands(command)
      .map((one) => ({ name: one.name(), description: one.summary() || one.description() }));
  return valuesOf(command.registeredArguments[0]?.argChoices);
}

function valuesOf(choices: readonly string[] | undefined): readonly Word[] | 'files' {
  return choices?.map((name) => ({ name, description: '' })) ?? 'files';
}
