import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cache } from './repository.ts';

const run = promisify(execFile);

/** The versions of Node beside the oldest that qualm is tested on. */
export const otherNodes = ['22.23.3', '24.21.0'] as const;

export type OtherNode = (typeof otherNodes)[number];

/** The program of another version of Node: the one that the npm package `node` would bring, without
 * its install script; kept in `.cache`.
 */
export async function anotherNode(version: OtherNode): Promise<string> {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(cache, `node-${version}`);
  const program = join(folder, 'node_modules', name, 'bin/node');
  if (existsSync(program)) return program;
  process.stderr.write(`integration: installing Node ${version} into .cache\n`);
  await run('npm', ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `${name}@${version}`]);
  return program;
}

/** What a module prints that is run by a program of Node, in a folder from which it imports. */
export async function printedBy(program: string, script: string, cwd: string): Promise<string> {
  const { stdout } = await run(program, ['--input-type=module', '-e', script], { cwd, maxBuffer: 2 ** 26 });
  return stdout;
}
