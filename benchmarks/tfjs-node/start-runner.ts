import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Job, Pass, Ready } from './job.ts';

/** A process that is ready for passes over its images. */
export interface Runner {
  readonly versions: Ready['versions'];
  pass(): Promise<Pass>;
  /** Ends the process. */
  end(): void;
}

/** Starts the process of a job, and waits until it has written its outputs.
 * @param file where the job is written for it.
 */
export async function startRunner(job: Job, file: string, python: string): Promise<Runner> {
  await writeFile(file, JSON.stringify(job));
  const [program, ...args] =
    job.runtime === 'python'
      ? [python, join(import.meta.dirname, '../python/tfjs_node.py')]
      : [process.execPath, ...process.execArgv, join(import.meta.dirname, 'run-job.ts')];
  const env = {
    ...process.env,
    TF_CPP_MIN_LOG_LEVEL: '2',
    TF_NUM_INTRAOP_THREADS: String(job.threads),
    TF_NUM_INTEROP_THREADS: String(Math.max(job.threads, job.inFlight)),
  };
  const child = spawn(program!, [...args, file], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`the runner of ${file} ended early`);
    return JSON.parse(value);
  };
  const { versions } = (await answer()) as Ready;
  return {
    versions,
    async pass() {
      child.stdin.write('\n');
      return (await answer()) as Pass;
    },
    end: () => child.stdin.end(),
  };
}
