import { createInterface } from 'node:readline';
import type { SqlNames } from '@qualm/sql';
import type { Terminal } from '../../terminal/terminal.ts';
import { completeSql } from './complete-sql.ts';

/** What somebody did at the prompt. */
export type ShellEvent =
  | { readonly kind: 'line'; readonly text: string }
  /** Ctrl-C, on a line that was empty or not. */
  | { readonly kind: 'interrupt'; readonly isEmpty: boolean }
  /** Ctrl-D, or the terminal is gone. */
  | { readonly kind: 'end' };

/** The lines that somebody types. */
export interface ShellInput {
  next(prompt: string): Promise<ShellEvent>;
  /** What Ctrl-C does while something runs; null gives it back to the prompt. */
  onInterrupt(stop: (() => void) | null): void;
  /** Puts a statement before the others that the arrow keys bring back. */
  remember(statement: string): void;
  close(): void;
}

/** Reads lines with their editing, history and completion; all that is shown goes to stderr.
 * @param history statements of earlier sessions, the latest first.
 */
export function createShellInput(
  { stdin, stderr, signal }: Pick<Terminal, 'stdin' | 'stderr' | 'signal'>,
  history: readonly string[],
  names: () => Promise<SqlNames>,
): ShellInput {
  const remembered = [...history];
  const events: ShellEvent[] = [];
  let stop: (() => void) | null = null;
  let wake: (() => void) | null = null;
  /** Ctrl-C that came between a line and what it starts. */
  let isInterrupted = false;
  const push = (event: ShellEvent): void => {
    events.push(event);
    wake?.();
    wake = null;
  };
  const forgetLines = (): void => {
    events.splice(0, events.length, ...events.filter(({ kind }) => kind === 'end'));
  };
  const stopRunning = (handler: () => void): void => {
    forgetLines();
    handler();
  };
  const readline = createInterface({
    input: stdin,
    output: stderr,
    terminal: stdin.isTTY === true && stderr.isTTY === true,
    history: [...history],
    historySize: 1000,
    completer: (line: string, done: (error: Error | null, result: [string[], string]) => void) => {
      names().then(
        (found) => done(null, completeSql(line, found)),
        () => done(null, [[], line]),
      );
    },
  });
  // Lines of a statement come back as one, when it is whole.
  let kept: string[] = [];
  const restore = (): void => void kept.splice(0, kept.length, ...remembered);
  readline.on('history', (lines) => {
    kept = lines;
    restore();
  });
  readline.on('line', (text) => push({ kind: 'line', text }));
  readline.on('close', () => push({ kind: 'end' }));
  readline.on('SIGINT', () => {
    if (stop) return stopRunning(stop);
    if (!wake) {
      isInterrupted = true;
      return;
    }
    push(takeBack());
  });
  const takeBack = (): ShellEvent => {
    const isEmpty = readline.line === '';
    readline.write(null, { ctrl: true, name: 'e' });
    stderr.write('^C\n');
    // What follows clears the line and shows it again, with the prompt that it has then.
    readline.setPrompt('');
    readline.write(null, { ctrl: true, name: 'u' });
    return { kind: 'interrupt', isEmpty };
  };
  const close = (): void => readline.close();
  signal.addEventListener('abort', close, { once: true });
  return {
    async next(prompt) {
      if (isInterrupted) {
        isInterrupted = false;
        forgetLines();
        return takeBack();
      }
      if (events.length === 0) {
        const waiting = new Promise<void>((done) => (wake = done));
        readline.setPrompt(prompt);
        readline.prompt();
        await waiting;
      }
      return events.shift()!;
    },
    onInterrupt(handler) {
      stop = handler;
      if (isInterrupted && handler) stopRunning(handler);
      isInterrupted = false;
    },
    remember(statement) {
      if (remembered[0] !== statement) remembered.unshift(statement);
      restore();
    },
    close() {
      signal.removeEventListener('abort', close);
      readline.close();
    },
  };
}
