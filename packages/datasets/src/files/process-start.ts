import { readFile } from 'node:fs/promises';

/** When a process began, in the kernel's ticks since boot: tells a process from a later one of the
 * same id. Null where the system does not say so (anything but Linux) or no such process runs.
 */
export async function processStart(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // The second field is the command in parentheses, and may itself hold spaces and parentheses.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

/** True when a process of this id runs, and it is the one that began then. */
export async function isRunning(pid: number, start: string | null): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = await processStart(pid);
  return start === null || now === null || now === start;
}
