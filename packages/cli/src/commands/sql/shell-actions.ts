import { resolve } from 'node:path';
import { exitCode } from '../../terminal/exit-code.ts';
import { exitCodeOf } from '../../terminal/exit-code-of.ts';
import { formatError } from '../../terminal/format-error.ts';
import { readText } from '../../input/read-text.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { dotCommand, dotHelp } from './dot-commands.ts';
import type { DotCommandName } from './dot-commands.ts';
import { splitSql } from './split-sql.ts';
import type { SqlPart } from './split-sql.ts';
import { sqlModes } from './sql-mode.ts';
import type { RunnerSettings, StatementRunner } from './statement-runner.ts';

/** What a shell does with what is typed; errors are printed, and the shell continues. */
export interface ShellActions {
  /** Runs statements up to the first that fails or is cancelled. */
  runParts(parts: readonly SqlPart[]): Promise<void>;
  /** @returns false where the shell is to be left. */
  runCommand(line: string): Promise<boolean>;
}

/** @param onInterrupt is given what Ctrl-C does while something runs, and null when that is over.
 * @throws QualmError `aborted` from its functions when the whole process is to end.
 */
export function createShellActions(
  runner: StatementRunner,
  settings: RunnerSettings,
  { stderr, env, cwd, signal }: Pick<Terminal, 'stderr' | 'env' | 'cwd' | 'signal'>,
  onInterrupt: (stop: (() => void) | null) => void,
): ShellActions {
  const say = (text: string): void => void stderr.write(`${text}\n`);
  const runAll = async (load: () => Promise<readonly SqlPart[]>): Promise<void> => {
    const cancel = new AbortController();
    onInterrupt(() => {
      if (!cancel.signal.aborted) say('cancelling ...');
      cancel.abort();
    });
    try {
      const either = AbortSignal.any([signal, cancel.signal]);
      for (const part of await load()) await runner.run(part, either);
    } catch (error) {
      if (signal.aborted) throw error;
      say(isCancelled(error) ? 'cancelled' : formatError(error, Boolean(env['QUALM_DEBUG'])));
    } finally {
      onInterrupt(null);
    }
  };
  const runParts = (parts: readonly SqlPart[]): Promise<void> => runAll(() => Promise.resolve(parts));
  const runFile = (path: string): Promise<void> =>
    runAll(async () => {
      const { statements, rest } = splitSql(await readText(resolve(cwd, path)), settings.dialect);
      return [...statements, ...(rest ? [rest] : [])];
    });
  return {
    runParts,
    async runCommand(line) {
      try {
        const { name, argument } = dotCommand(line);
        if (name === '.quit') return false;
        if (name === '.help') say(dotHelp());
        else if (name === '.read') await runFile(given(name, argument, 'the name of a file'));
        else if (name === '.models' || name === '.tables') await runParts([statement(`SHOW ${name.slice(1)}`)]);
        else change(settings, name, argument);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        say(formatError(error.message, false));
      }
      return true;
    },
  };
}

function isCancelled(error: unknown): boolean {
  return exitCodeOf(error) === exitCode.interrupted;
}

function statement(text: string): SqlPart {
  return { text, line: 0, column: 0 };
}

function change(settings: RunnerSettings, name: DotCommandName, argument: string): void {
  if (name === '.mode') settings.mode = choice(name, argument, sqlModes);
  if (name === '.timing') settings.timing = choice(name, argument, ['on', 'off'] as const) === 'on';
  if (name === '.dialect') settings.dialect = choice(name, argument, ['duckdb', 'spark'] as const);
}

function choice<Choice extends string>(name: string, argument: string, choices: readonly Choice[]): Choice {
  const found = choices.find((one) => one === argument);
  if (found !== undefined) return found;
  throw new RangeError(`${name}: expected one of ${choices.join(', ')}${argument === '' ? '' : `, not ${argument}`}`);
}

function given(name: string, argument: string, what: string): string {
  if (argument !== '') return argument;
  throw new RangeError(`${name}: expected ${what}`);
}
