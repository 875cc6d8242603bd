import type { SqlSession } from '@qualm/sql';
import { assertNotInterrupted } from '../../terminal/interrupted.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { openHistory } from './history-file.ts';
import { createShellActions } from './shell-actions.ts';
import { createShellInput } from './shell-input.ts';
import type { ShellInput } from './shell-input.ts';
import { onOneLine, splitSql } from './split-sql.ts';
import type { SqlPart } from './split-sql.ts';
import type { RunnerSettings, StatementRunner } from './statement-runner.ts';

/** What a shell works with. */
export interface ShellParts {
  readonly session: Pick<SqlSession, 'names'>;
  readonly runner: StatementRunner;
  readonly settings: RunnerSettings;
}

/** Runs what somebody types until they leave.
 * @throws QualmError `aborted` when the process is asked to end.
 */
export async function runShell({ session, runner, settings }: ShellParts, terminal: Terminal): Promise<void> {
  const { stderr, env, signal } = terminal;
  const history = openHistory(env);
  const input = createShellInput(terminal, (await history?.read()) ?? [], () => session.names());
  const actions = createShellActions(runner, settings, terminal, input.onInterrupt);
  const remember = async ({ text }: SqlPart): Promise<void> => {
    const line = onOneLine(text, settings.dialect);
    if (line === null) return;
    input.remember(`${line};`);
    await history?.add(`${line};`);
  };
  stderr.write('A statement ends with ; and .help lists what else can be typed.\n');
  try {
    let typed = '';
    for (let line = await nextLine(input, typed, stderr); line !== null; line = await nextLine(input, typed, stderr)) {
      if (line.startsWith('.')) {
        if (!(await actions.runCommand(line))) return;
        continue;
      }
      typed = line;
      const { statements, rest } = splitSql(typed, settings.dialect);
      typed = rest ? `${rest.text}\n` : '';
      for (const part of statements) await remember(part);
      if (statements.length > 0) await actions.runParts(statements);
    }
    assertNotInterrupted(signal);
  } finally {
    input.close();
  }
}

/** What was typed before with the next line, a command of its own, or null to leave. Ctrl-C takes
 * back what was typed; twice where nothing was, it leaves.
 */
async function nextLine(input: ShellInput, before: string, stderr: Terminal['stderr']): Promise<string | null> {
  let typed = before;
  let isLeaving = false;
  for (;;) {
    const event = await input.next(typed === '' ? 'qualm> ' : '  ...> ');
    if (event.kind === 'line') return typed === '' ? firstLine(event.text) : `${typed}${event.text}\n`;
    if (event.kind === 'end') {
      stderr.write('\n');
      return null;
    }
    const isEmpty = event.isEmpty && typed === '';
    if (isEmpty && isLeaving) return null;
    if (isEmpty) stderr.write('Ctrl-C again, or Ctrl-D, leaves\n');
    isLeaving = isEmpty;
    typed = '';
  }
}

/** The beginning of a statement, or a command, which some type without its point. */
function firstLine(text: string): string {
  const [, word] = /^\s*(quit|exit|help)\s*;?\s*$/i.exec(text) ?? [];
  return word ? `.${word.toLowerCase()}` : `${text.trimStart()}\n`;
}
