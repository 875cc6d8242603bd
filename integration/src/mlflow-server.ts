import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pythonEnvironment } from './python-environment.ts';
import { root } from './repository.ts';

/** The MLflow versions that are tested, by the requirements that pin them. */
export const mlflowVersions = ['3.17', '3.6', '2'] as const;

export type MlflowVersion = (typeof mlflowVersions)[number];

export function mlflowPython(version: MlflowVersion): Promise<string> {
  return pythonEnvironment(join(root, `integration/python/mlflow-${version}.txt`));
}

export interface MlflowServer {
  readonly address: string;
  readonly folder: string;
  /** Kills it as a machine that loses power does. */
  kill(): Promise<void>;
  /** The same server once more, at the same address, with what it had stored. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface MlflowServerOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** How its artifacts are kept: `--artifacts-destination` in its folder, unless told otherwise. */
  readonly artifacts?: readonly string[];
}

/** A real MLflow server of its own on this machine, with SQLite and a folder for artifacts, that
 * answers.
 */
export async function startMlflow(
  version: MlflowVersion,
  folder: string,
  { args = [], env = {}, artifacts }: MlflowServerOptions = {},
): Promise<MlflowServer> {
  const python = await mlflowPython(version);
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const log = join(folder, 'server.log');
  const command = [
    ...['-m', 'mlflow', 'server', '--workers', '1', '--host', '127.0.0.1', '--port', String(port)],
    ...['--backend-store-uri', `sqlite:///${join(folder, 'mlflow.db')}`],
    ...(artifacts ?? ['--artifacts-destination', join(folder, 'artifacts')]),
    ...args,
  ];
  let child: ChildProcess | null = null;

  const server: MlflowServer = {
    address,
    folder,
    async start() {
      child = spawn(python, command, {
        cwd: folder,
        // A group of its own, so that its workers go with it.
        detached: true,
        env: {
          ...process.env,
          PATH: `${dirname(python)}:${process.env['PATH']}`,
          MLFLOW_DISABLE_TELEMETRY: 'true',
          // Eight processes more, which evaluate and take a minute of the processors to start.
          MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const output = createWriteStream(log, { flags: 'a' });
      child.stdout!.pipe(output, { end: false });
      child.stderr!.pipe(output, { end: false });
      await answering(address, child, log);
    },
    kill: () => ended(child, 'SIGKILL'),
    stop: () => ended(child, 'SIGTERM'),
  };
  await server.start();
  return server;
}

async function ended(child: ChildProcess | null, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((done) => child.once('exit', done));
  process.kill(-child.pid!, signal);
  const grace = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), 10_000);
  await exit;
  clearTimeout(grace);
}

async function answering(address: string, child: ChildProcess, log: string): Promise<void> {
  for (let waited = 0; waited < 120_000; waited += 250) {
    if (child.exitCode !== null) break;
    const response = await fetch(`${address}/health`).catch(() => null);
    if (response?.ok) return;
    await sleep(250);
  }
  throw new Error(`mlflow server did not start:\n${(await readFile(log, 'utf8')).slice(-3000)}`);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
