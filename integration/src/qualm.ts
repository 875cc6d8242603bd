import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './repository.ts';

/** The built command. */
export const qualmBin: string = join(root, 'packages/cli/bin/qualm.js');

/** Runs the built command line in a process of its own, and gives its stdout. */
export async function qualm(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [qualmBin, ...args], { maxBuffer: 2 ** 28 });
  return stdout;
}
