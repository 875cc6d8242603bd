import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cache } from './repository.ts';
import { uv } from './uv.ts';

const run = promisify(execFile);
const megabyte = 2 ** 20;

/** The interpreter of a virtual environment that has what the requirements file pins; made on first
 * use, then kept.
 * @param requirements path of a pip requirements file with exact versions.
 */
export async function pythonEnvironment(requirements: string): Promise<string> {
  const text = await readFile(requirements, 'utf8');
  const folder = join(cache, 'python', createHash('sha256').update(text).digest('hex').slice(0, 16));
  const python = join(folder, 'bin/python');
  if (await exists(join(folder, 'complete'))) return python;
  const pins = text.split('\n').filter((line) => /^[^#\s]/.test(line));
  process.stderr.write(`integration: installing ${pins.join(', ')} into .cache/python\n`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(cache, 'python'), { recursive: true });
  await uv('venv', '--python', 'python3', folder);
  const pinned = join(folder, 'pinned.txt');
  // Packages must have the hashes that the index states, which uv alone does not ask.
  await uv('pip', 'compile', '--python', python, '--generate-hashes', '--output-file', pinned, requirements);
  await uv('pip', 'install', '--python', python, '--require-hashes', '--requirements', pinned);
  await writeFile(join(folder, 'complete.tmp'), '');
  await rename(join(folder, 'complete.tmp'), join(folder, 'complete'));
  return python;
}

/** What a Python script prints on stdout, parsed as JSON. */
export async function runPython(
  python: string,
  script: string,
  args: readonly string[],
  { cwd }: { readonly cwd?: string } = {},
): Promise<unknown> {
  const { stdout } = await run(python, [script, ...args], { maxBuffer: 256 * megabyte, ...(cwd && { cwd }) });
  return JSON.parse(stdout);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
