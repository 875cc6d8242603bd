import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from './contender.ts';
import { createProcessTally, markName } from './process-tally.ts';

export interface Cost {
  readonly wallSeconds: number;
  /** Of all processes that were started, and of those that these started. */
  readonly cpuSeconds: number;
}

/** Runs commands step by step, those of a step at the same time. What is left over when they have
 * ended is killed.
 * @throws Error with the end of what it wrote, when a command fails.
 */
export async function measureSteps(steps: readonly (readonly Command[])[]): Promise<Cost> {
  const mark = randomUUID();
  const tally = createProcessTally(mark);
  let isRunning = true;
  const watch = (async () => {
    for (; isRunning; await sleep(100)) tally.look();
  })();
  const began = performance.now();
  try {
    for (const step of steps) await Promise.all(step.map((command) => run(command, mark, () => tally.look())));
    return { wallSeconds: (performance.now() - began) / 1000, cpuSeconds: tally.seconds() };
  } finally {
    isRunning = false;
    await watch;
    tally.killRest();
  }
}

function run({ program, args, env }: Command, mark: string, look: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...env, [markName]: mark },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part) => (said = (said + String(part)).slice(-4000)));
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      look();
      if (code === 0) resolve();
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code ?? signal}:\n${said}`));
    });
  });
}
