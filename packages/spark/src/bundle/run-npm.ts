import { spawn } from 'node:child_process';
import { QualmError } from '@qualm/types';

/** Runs npm in a folder and gives what it says on stdout.
 * @throws QualmError `io` where it fails, with what it says; `unsupported` without npm; `aborted`.
 */
export async function runNpm(cwd: string, args: readonly string[], signal: AbortSignal | undefined): Promise<string> {
  const isWindows = process.platform === 'win32';
  const quiet = ['--no-audit', '--no-fund', '--loglevel', 'error'];
  const child = spawn('npm', [...args, ...quiet], {
    cwd,
    shell: isWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-4000)));
  const code = await new Promise<number | null>((done, fail) => {
    child.on('error', fail);
    child.on('close', done);
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw new QualmError('aborted', 'bundle: aborted', { cause });
    throw new QualmError('unsupported', `bundle: npm cannot be started (${String(cause)}); install Node with npm`, {
      cause,
    });
  });
  if (code === 0) return stdout;
  throw new QualmError('io', `bundle: npm ${args[0]} failed: ${stderr.trim().split('\n').slice(0, 4).join('; ')}`);
}
