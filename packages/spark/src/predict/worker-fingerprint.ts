import { counted, QualmError } from '@qualm/types';
import type { SparkSession } from '../connect/spark-session.ts';
import { workerTrouble } from './worker-trouble.ts';

/** What a worker says of itself without running anything. */
export interface WorkerIdentity {
  readonly v: number;
  readonly worker: string;
  readonly node: string;
  readonly platform: string;
  readonly qualm: string;
}

/** Asks a worker on an executor who it is, so that each answer can be held against it.
 * @param command with `--fingerprint`.
 * @throws QualmError `predict-failed` where it does not run, `output-invalid` where it says
 * something else, `unsupported` where it writes answers of another version.
 */
export async function workerIdentity(
  where: string,
  session: SparkSession,
  command: string,
  signal?: AbortSignal,
): Promise<WorkerIdentity> {
  const text = "SELECT TRANSFORM(line) USING :command AS (line STRING) FROM (SELECT '{}' AS line)";
  const lines = await session
    .sql(text, { parameters: { command }, ...(signal && { signal }) })
    .then((result) => result.rows())
    .catch((error: unknown) => {
      throw workerTrouble(where, error);
    });
  const line = typeof lines[0]?.['line'] === 'string' ? lines[0]['line'] : '';
  const identity = parsed(line);
  if (lines.length !== 1 || typeof identity?.worker !== 'string' || identity.worker === '') {
    throw new QualmError(
      'output-invalid',
      `${where}: the worker says ${JSON.stringify(line.slice(0, 200))} of itself, in ${counted(lines.length, 'line')}; ` +
        'expected a line of JSON with its fingerprint; make the bundle again with qualm bundle',
    );
  }
  if (identity.v !== 1) {
    throw new QualmError(
      'unsupported',
      `${where}: the worker writes answers of version ${String(identity.v)}, which this version of qualm does not read; ` +
        'make the bundle with the same version',
    );
  }
  return identity as WorkerIdentity;
}

function parsed(line: string): Partial<WorkerIdentity> | null {
  try {
    const value = JSON.parse(line) as unknown;
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
