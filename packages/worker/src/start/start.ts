import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { printable } from '@qualm/types';
import { exitCode, exitCodeOf } from './exit-code.ts';
import { run } from './run.ts';
import { takeStdout } from './take-stdout.ts';

/**
 * How long a worker that failed stays, in milliseconds. Spark takes what was said on stderr when
 * its program ends, does not wait for its own thread that reads it, and may otherwise find nothing.
 */
const heardMs = 250;

/** Is the process of a worker, to its end. */
export async function start(): Promise<never> {
  process.on('SIGTERM', () => process.exit(exitCode.terminated));
  process.on('SIGINT', () => process.exit(exitCode.interrupted));
  process.stderr.on('error', () => {});
  const place = { input: process.stdin, output: takeStdout(), say, cwd: process.cwd(), env: process.env };
  const code = await run(process.argv.slice(2), place).catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    return exitCodeOf(error);
  });
  if (code !== exitCode.fine) await delay(heardMs);
  // Modules of users may keep timers and sockets.
  process.exit(code);
}

/** The last line on stderr is what schedulers show of a failure, and they show its end alone. */
function say(line: string): void {
  const [first = ''] = line.split('\n');
  try {
    writeSync(2, `qualm-worker: ${printable(first).slice(0, 500)}\n`);
  } catch {
    // Nobody reads it.
  }
}
