import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { outcomeOf } from '@qualm/testkit';
import type { ProcessOutcome } from '@qualm/testkit';
import { onTestFinished } from 'vitest';
import { run } from '../src/index.ts';
import type { Terminal } from '../src/index.ts';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly signal?: AbortSignal;
  readonly isTTY?: boolean;
  /** Of a terminal that stdout is. */
  readonly columns?: number;
}

/** The command as npm links it. */
export const bin = fileURLToPath(new URL('../bin/qualm.js', import.meta.url));

/** A folder that goes when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'qualm-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a command line in this process. */
export async function runCli(args: readonly string[], options: RunOptions = {}): Promise<ProcessOutcome> {
  const { cwd = process.cwd(), env = {}, stdin = '', isTTY = false, columns } = options;
  const { signal = new AbortController().signal } = options;
  const stdout = collect();
  const stderr = collect();
  const terminal: Terminal = {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: Object.assign(stdout.stream, columns === undefined ? {} : { isTTY: true, columns }),
    stderr: Object.assign(stderr.stream, { isTTY, columns: 80 }),
    env: { QUALM_SESSIONS: '2', ...env },
    cwd,
    signal,
  };
  const code = await run(args, terminal, '0.0.0-test');
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** Starts the compiled command in a process of its own. */
export function startCli(args: readonly string[], { cwd, env = {} }: RunOptions = {}): ChildProcessWithoutNullStreams {
  const { PATH = '', SystemRoot = '' } = process.env;
  return spawn(process.execPath, [bin, ...args], { cwd, env: { PATH, SystemRoot, QUALM_SESSIONS: '2', ...env } });
}

/** Runs the compiled command to its end. */
export async function spawnCli(args: readonly string[], options: RunOptions = {}): Promise<ProcessOutcome> {
  const child = startCli(args, options);
  child.stdin.end(options.stdin ?? '');
  return outcomeOf(child);
}

/** What is in a folder, hidden files left out. */
export async function pictureNames(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
}

/** The values of NDJSON. */
export function lines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function collect(): { stream: PassThrough; text: () => string } {
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
