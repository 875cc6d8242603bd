import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** In the environment of all processes of a run. */
export const markName = 'QUALM_BENCHMARK_RUN';

const ticksASecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** The CPU time of processes that have a mark in their environment, daemons among them; needs
 * Linux's /proc. What a process takes after the last look at it is missing. */
export interface ProcessTally {
  look(): void;
  seconds(): number;
  killRest(): void;
}

export function createProcessTally(mark: string): ProcessTally {
  const isOurs = new Map<string, boolean>();
  const ticks = new Map<string, number>();

  const look = (): void => {
    for (const pid of readdirSync('/proc')) {
      if (!/^\d+$/.test(pid)) continue;
      const stat = statOf(pid);
      if (!stat) continue;
      const key = `${pid} ${stat.began}`;
      // Before it runs its program, a process has the environment of the one that started it.
      if (!isOurs.get(key)) isOurs.set(key, hasMark(pid, mark));
      if (isOurs.get(key)) ticks.set(key, Math.max(stat.ticks, ticks.get(key) ?? 0));
    }
  };

  return {
    look,
    seconds: () => [...ticks.values()].reduce((sum, one) => sum + one, 0) / ticksASecond,
    killRest: () => {
      look();
      for (const key of ticks.keys()) {
        const [pid, began] = key.split(' ') as [string, string];
        if (statOf(pid)?.began === began) process.kill(Number(pid), 'SIGKILL');
      }
    },
  };
}

/** When it began, and the time it ran, both in ticks. */
function statOf(pid: string): { began: string; ticks: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { began: fields[19]!, ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return null;
  }
}

function hasMark(pid: string, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`${markName}=${mark}`);
  } catch {
    return false;
  }
}
