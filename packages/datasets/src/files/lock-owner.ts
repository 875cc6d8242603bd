import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isRunning, processStart } from './process-start.ts';

/** Who holds a lock: a process, and the machine and container that its number means something in.
 */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** See `processStart`. */
  readonly start: string | null;
  /** Linux: this machine, this start of it, and the space of process numbers, which containers have
   * of their own.
   */
  readonly machine?: string | null;
  readonly boot?: string | null;
  readonly space?: string | null;
}

/** This process. */
export async function thisOwner(): Promise<LockOwner> {
  const text = (path: string): Promise<string | null> =>
    readFile(path, 'utf8').then(
      (content) => content.trim() || null,
      () => null,
    );
  return {
    pid: process.pid,
    host: hostname(),
    start: await processStart(process.pid),
    machine: await text('/etc/machine-id'),
    boot: await text('/proc/sys/kernel/random/boot_id'),
    space: await readlink('/proc/self/ns/pid').catch(() => null),
  };
}

/** True when the owner is known to be gone: a process of this machine and container that no longer
 * runs, or one of before this machine was started again. Of others nothing can be known from here.
 */
export async function isGone(owner: LockOwner, here: LockOwner): Promise<boolean> {
  if (owner.host !== here.host) return false;
  const { machine = null, boot = here.boot, space = here.space } = owner;
  if (boot !== here.boot) return machine !== null && machine === here.machine;
  return space === here.space && !(await isRunning(owner.pid, owner.start));
}

/** True for a process that cannot be asked from here whether it runs. */
export function isElsewhere(owner: LockOwner, here: LockOwner): boolean {
  return (
    owner.host !== here.host || (owner.boot ?? here.boot) !== here.boot || (owner.space ?? here.space) !== here.space
  );
}

/** What a lock's file says. Null for one that is not written yet, or that is not in this format. */
export function parseOwner(text: string): LockOwner | null {
  try {
    const owner = JSON.parse(text) as Partial<LockOwner> | null;
    return Number.isSafeInteger(owner?.pid) && typeof owner?.host === 'string' ? (owner as LockOwner) : null;
  } catch {
    return null;
  }
}
