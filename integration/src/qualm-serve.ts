import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { qualmBin } from './qualm.ts';

/** Starts `qualm serve`, and waits for its address. */
export async function qualmServe(
  ...args: readonly string[]
): Promise<{ readonly server: ChildProcess; readonly url: string }> {
  const server = spawn(process.execPath, [qualmBin, 'serve', ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  server.stdout.setEncoding('utf8');
  for (let text = ''; ;) {
    // Progress comes before.
    text += ((await once(server.stdout, 'data')) as [string])[0];
    const found = /"url":"([^"]+)"/.exec(text);
    if (found) return { server, url: found[1]! };
  }
}
