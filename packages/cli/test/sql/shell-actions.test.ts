import { QualmError } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import { createShellActions } from '../../src/commands/sql/shell-actions.ts';
import type { RunnerSettings, StatementRunner } from '../../src/commands/sql/statement-runner.ts';
import type { Terminal } from '../../src/terminal/terminal.ts';

const settings = { mode: 'table', timing: false, dialect: 'duckdb' } as RunnerSettings;
const part = { text: 'SELECT 1', line: 0, column: 0 };

/** Runs until its signal ends it. */
const endless: StatementRunner = {
  counts: { images: 0, failed: 0 },
  run: (_, signal) =>
    new Promise((__, reject) => {
      const end = (): void => {
        reject(new QualmError('aborted', 'sql: the statement was cancelled'));
      };
      if (signal.aborted) end();
      signal.addEventListener('abort', end);
    }),
};

it('a statement ends when the process is told to end, as by a terminal that is closed', async () => {
  const process = new AbortController();
  const terminal = { stderr: { write: () => true }, env: {}, cwd: '/', signal: process.signal } as unknown as Terminal;
  const running = createShellActions(endless, settings, terminal, () => undefined).runParts([part]);
  process.abort();
  await expect(running).rejects.toMatchObject({ code: 'aborted' });
});

it('a statement ends by Ctrl-C, and the shell goes on', async () => {
  const said: string[] = [];
  let stop: (() => void) | null = null;
  const terminal = {
    stderr: { write: (text: string) => said.push(text) },
    ...{ env: {}, cwd: '/', signal: new AbortController().signal },
  } as unknown as Terminal;
  const actions = createShellActions(endless, settings, terminal, (handler) => {
    stop ??= handler;
  });
  const running = actions.runParts([part]);
  stop!();
  await running;
  expect(said).toEqual(['cancelling ...\n', 'cancelled\n']);
});

describe('a command', () => {
  const typing = (): { type: (line: string) => Promise<boolean>; asked: string[]; said: string[] } => {
    const asked: string[] = [];
    const said: string[] = [];
    const own: RunnerSettings = { ...settings };
    const terminal = {
      stderr: { write: (text: string) => said.push(text) },
      ...{ env: {}, cwd: '/', signal: new AbortController().signal },
    } as unknown as Terminal;
    const run: StatementRunner['run'] = ({ text }) => {
      asked.push(`${text} in ${own.dialect}`);
      return Promise.resolve();
    };
    const actions = createShellActions({ ...endless, run }, own, terminal, () => undefined);
    return { type: actions.runCommand, asked, said };
  };

  it('.dialect is what the statements after it are written in', async () => {
    const { type, asked } = typing();
    for (const line of ['.tables', '.dialect spark', '.tables']) expect(await type(line)).toBe(true);
    expect(asked).toEqual(['SHOW tables in duckdb', 'SHOW tables in spark']);
  });

  it('.quit leaves, and what is not a command does not', async () => {
    const { type, said } = typing();
    expect(await type('.quit')).toBe(false);
    expect(await type('.dialect oracle')).toBe(true);
    expect(await type('.read')).toBe(true);
    expect(said).toEqual([
      'qualm: .dialect: expected one of duckdb, spark, not oracle\n',
      'qualm: .read: expected the name of a file\n',
    ]);
  });
});
