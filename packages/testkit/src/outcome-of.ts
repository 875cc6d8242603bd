import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { wrongArgument } from '@qualm/types';

/** What a process left behind. */
export interface ProcessOutcome {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a process leaves when it has ended. Call it before the process has said anything.
 * @example (await outcomeOf(spawn('qualm', ['--version']))).stdout
 */
export async function outcomeOf(child: ChildProcessWithoutNullStreams): Promise<ProcessOutcome> {
  const { stdout: out, stderr: err } = (child ?? {}) as Partial<ChildProcessWithoutNullStreams>;
  if (!out?.setEncoding || !err?.setEncoding)
    throw wrongArgument('outcomeOf', 'its process', child, 'what spawn gives, with pipes');
  let stdout = '';
  let stderr = '';
  out.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  err.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}
