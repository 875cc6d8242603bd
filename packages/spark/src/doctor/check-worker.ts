import { counted } from '@qualm/types';
import type { TaskFolders } from '../models/task-folders.ts';
import { workerTrouble } from '../predict/worker-trouble.ts';
import { workerCommand } from '../texts/worker-command.ts';
import { messageOf } from './ask-tasks.ts';
import type { AskTasks } from './ask-tasks.ts';
import type { SparkCheck } from './doctor-report.ts';

/** Whether the worker runs, and is the same everywhere. */
export async function checkWorker(
  ask: AskTasks,
  folders: TaskFolders,
  { version, signal }: { readonly version: string | undefined; readonly signal: AbortSignal | undefined },
): Promise<readonly SparkCheck[]> {
  try {
    const program = await folders.worker(signal);
    // A worker reads nothing for this, and what is not read would fail the task.
    const command = `(${workerCommand(program, null, ['--fingerprint'])}); code=$?; cat > /dev/null; exit $code`;
    const said = (await ask(command, 4)).map(identityIn);
    const strange = said.find((identity) => typeof identity === 'string');
    if (strange !== undefined || said.length === 0) {
      const found = `the worker says ${JSON.stringify((strange ?? '').slice(0, 100))} of itself`;
      return [{ name: 'worker', status: 'failed', found, advice: 'make the bundle anew with qualm bundle' }];
    }
    return identityChecks(said as readonly Identity[], version);
  } catch (error) {
    const found = messageOf(workerTrouble('doctor', error));
    return [{ name: 'worker', status: 'failed', found, advice: adviceFor(found) }];
  }
}

interface Identity {
  readonly worker: string;
  readonly node: string;
  readonly platform: string;
  readonly qualm: string;
}

/** What a line says; the line itself where it is something else. */
function identityIn(line: string): Identity | string {
  try {
    const { worker, node, platform, qualm } = JSON.parse(line) as Partial<Identity>;
    if (typeof worker === 'string')
      return { worker, node: String(node), platform: String(platform), qualm: String(qualm) };
  } catch {
    // It is shown as it is.
  }
  return line;
}

function identityChecks(said: readonly Identity[], version: string | undefined): readonly SparkCheck[] {
  const texts = new Set(said.map(({ qualm, node, platform }) => `qualm ${qualm} in Node ${node} for ${platform}`));
  const found = `${[...texts].join('; ')} ran in ${counted(said.length, 'task')}`;
  return [{ name: 'worker', status: 'fine', found, advice: null }, fingerprintCheck(said, version)];
}

function fingerprintCheck(said: readonly Identity[], version: string | undefined): SparkCheck {
  const name = 'fingerprints';
  const workers = new Set(said.map(({ worker }) => worker));
  const versions = [...new Set(said.map(({ qualm }) => qualm))];
  if (workers.size > 1) {
    const found = `executors have ${workers.size} different workers, of qualm ${versions.join(' and ')}`;
    return { name, status: 'failed', found, advice: 'install the same on each, or send a bundle' };
  }
  if (version !== undefined && versions.some((other) => other !== version)) {
    const found = `the worker is of qualm ${versions.join()}, this is ${version}`;
    return { name, status: 'warning', found, advice: 'make the bundle with this version' };
  }
  return { name, status: 'fine', found: 'all tasks have the same worker', advice: null };
}

function adviceFor(message: string): string {
  if (message.includes('is not there')) return 'start the server with --archives, or send the bundle';
  if (message.includes('status 126')) return 'make a bundle for the platform of the executors';
  if (message.includes('status 137')) return 'raise spark.executor.memoryOverhead by 300 MB for each task slot';
  return 'make the bundle anew with qualm bundle, and see docs/spark.md';
}
