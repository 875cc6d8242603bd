import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outcomeOf, solidImage, writeMeanColour } from '@qualm/testkit';
import type { ProcessOutcome } from '@qualm/testkit';
import type { WorkerAnswer, WorkerRequest } from '@qualm/types';
import { onTestFinished } from 'vitest';

/** The command as npm links it. */
export const bin = fileURLToPath(new URL('../bin/qualm-worker.js', import.meta.url));

/** A folder that goes when the test is over, with the classifier of mean colours in `model`, and
 * pictures `red.png` and `grey.png`.
 */
export async function workerProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'qualm-worker-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeMeanColour(join(folder, 'model'));
  await writeFile(join(folder, 'red.png'), solidImage(255, 0, 0).bytes!);
  await writeFile(join(folder, 'grey.png'), solidImage(99, 99, 99).bytes!);
  return folder;
}

/** Starts the worker in a process of its own, which ends with the test at the latest. */
export function startWorker(cwd: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  const { PATH = '', SystemRoot = '' } = process.env;
  const child = spawn(process.execPath, [bin, '--model', 'model', ...args], { cwd, env: { PATH, SystemRoot } });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.on('error', () => {});
  return child;
}

/** Runs the worker on a text to its end. */
export async function runWorker(
  cwd: string,
  args: readonly string[],
  input: string | Uint8Array,
): Promise<ProcessOutcome> {
  const child = startWorker(cwd, args);
  child.stdin.end(input);
  return outcomeOf(child);
}

/** Requests as a worker reads them. */
export function asLines(requests: readonly Partial<WorkerRequest>[]): string {
  return requests.map((request) => `${JSON.stringify(request)}\n`).join('');
}

/** Every line of a worker's stdout, which has nothing but answers. */
export function answersOf(stdout: string): WorkerAnswer[] {
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as WorkerAnswer);
}
