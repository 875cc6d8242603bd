import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { devicesFor } from './measure-device.ts';
import type { DeviceTask, Measured } from './measure-device.ts';

/** What became of a model on a device: how fast it was, or why it was not. */
export interface DeviceFinding {
  readonly device: string;
  readonly measured: Measured | null;
  readonly reason: string | null;
}

const main = fileURLToPath(new URL('../../../dist/commands/doctor/measure-main.js', import.meta.url));

/** Measures a model on each device, one after the other, each in a process of its own, all within
 * `limitMs`: what is not done by its part of the time is ended. The first device, which is always
 * there, comes last: those that are not leave their time to it.
 */
export async function measureModel(
  task: Omit<DeviceTask, 'device'>,
  limitMs: number,
  signal: AbortSignal,
): Promise<readonly DeviceFinding[]> {
  const end = performance.now() + limitMs;
  const devices = devicesFor(task.model.spec.flavor);
  const findings: DeviceFinding[] = [];
  for (const [at, device] of devices.toReversed().entries()) {
    if (signal.aborted) break;
    const share = (end - performance.now()) / (devices.length - at);
    findings.push({ device, ...(await answerOf({ ...task, device }, share, signal)) });
  }
  return findings.toReversed();
}

async function answerOf(
  task: DeviceTask,
  limitMs: number,
  signal: AbortSignal,
): Promise<Pick<DeviceFinding, 'measured' | 'reason'>> {
  // Of the flags of this process, that which has WebAssembly ask for less memory.
  const execArgv = process.execArgv.filter((flag) => flag === '--disable-wasm-trap-handler');
  const child = fork(main, { execArgv, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const kill = (): void => void child.kill('SIGKILL');
  const timer = setTimeout(kill, limitMs);
  signal.addEventListener('abort', kill);
  try {
    child.send(task);
    const { measured = null, reason = null } = await new Promise<Partial<DeviceFinding>>((answer) => {
      child.once('message', (message) => answer(message as Partial<DeviceFinding>));
      void ended.then(([code, by]) => answer({ reason: endOf(code, by, limitMs) }));
    });
    return { measured, reason };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', kill);
    kill();
  }
}

function endOf(code: number | null, by: NodeJS.Signals | null, limitMs: number): string {
  if (by === 'SIGKILL') return `it took longer than the ${(limitMs / 1000).toFixed(1)} s that doctor gives it`;
  return `its process ended with ${by ?? `exit code ${code}`}`;
}
