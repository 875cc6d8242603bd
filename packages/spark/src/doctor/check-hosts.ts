import { counted } from '@qualm/types';
import type { AskTasks } from './ask-tasks.ts';
import type { SparkCheck } from './doctor-report.ts';

/** Tasks wait a second, so that no executor takes all of them. */
const command =
  'cat > /dev/null; sleep 1; printf "%s|%s|%s|%s\\n" "$(hostname)" "$PWD" "$(uname -sm)" ' +
  '"$(awk \'/MemAvailable/ { print int($2 / 1024) }\' /proc/meminfo 2>/dev/null)"';

/** Where tasks run, and what is there. */
export async function checkHosts(ask: AskTasks): Promise<readonly SparkCheck[]> {
  const tasks = (await ask(command, 8)).map((line) => line.split('|'));
  const hosts = [...new Set(tasks.map(([host = '']) => host))];
  const places = new Set(tasks.map(([host, place]) => `${host} ${place}`));
  const systems = [...new Set(tasks.map(([, , system = '']) => system))];
  const memory = tasks.map((task) => Number(task[3])).filter((megabytes) => megabytes > 0);
  return [
    {
      name: 'hosts',
      status: places.size > 1 ? 'fine' : 'warning',
      found: `tasks ran on ${counted(hosts.length, 'host')} (${hosts.slice(0, 5).join(', ')}), in ${counted(places.size, 'working folder')}`,
      advice:
        places.size > 1 ? null : 'one executor took all tasks; with more of them images are predicted side by side',
    },
    checkSystem(systems),
    ...(memory.length > 0 ? [checkMemory(Math.min(...memory))] : []),
  ];
}

function checkSystem(systems: readonly string[]): SparkCheck {
  const isLinux = systems.every((system) => /^Linux (x86_64|aarch64)$/.test(system));
  return {
    name: 'system',
    status: isLinux ? 'fine' : 'failed',
    found: `executors are ${systems.join(', ')}`,
    advice: isLinux ? null : 'bundles are for Linux on x86_64 or aarch64; install qualm-worker and name its command',
  };
}

function checkMemory(megabytes: number): SparkCheck {
  const isEnough = megabytes >= 600;
  return {
    name: 'memory',
    status: isEnough ? 'fine' : 'warning',
    found: `${megabytes} MB are free on the host that has least; a worker takes up to 300 MB beside the executor`,
    advice: isEnough
      ? null
      : 'raise spark.executor.memoryOverhead by 300 MB for each task slot, or run fewer tasks a host',
  };
}
