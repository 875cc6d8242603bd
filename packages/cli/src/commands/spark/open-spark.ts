import { isAbsolute, resolve } from 'node:path';
import type { FolderSource, Spark, WorkerSource } from '@qualm/spark';
import { UsageError } from '../../terminal/exit-code.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** Which Spark, and what its executors run. */
export interface SparkPlace {
  readonly remote?: string | undefined;
  readonly worker?: string | undefined;
  readonly workerCommand?: string | undefined;
}

/** Opens a session, with a worker.
 * @throws UsageError where nobody says which.
 */
export async function openSpark({ remote, worker, workerCommand }: SparkPlace, terminal: Terminal): Promise<Spark> {
  const address = remote ?? terminal.env['SPARK_REMOTE'];
  if (!address) throw new UsageError('spark: expected --remote, such as --remote sc://host:15002');
  const source: WorkerSource | null =
    workerCommand !== undefined
      ? { command: workerCommand }
      : worker !== undefined
        ? folderSource('--worker', worker, terminal.cwd)
        : null;
  if (source === null)
    throw new UsageError('spark: expected --worker, such as --worker qualm-1a2b3c.tgz of qualm bundle');
  const token = terminal.env['SPARK_CONNECT_AUTHENTICATE_TOKEN'];
  const { connect, createSpark } = await import('@qualm/spark');
  const session = await connect(address, { signal: terminal.signal, ...(token && { token }) });
  return createSpark(session, { worker: source });
}

/** @example folderSource('--worker', 'archive:qualm-1a2b', '.') // { archive: 'qualm-1a2b' } */
export function folderSource(option: string, place: string, cwd: string): FolderSource {
  if (place.startsWith('archive:') && place.length > 'archive:'.length) return { archive: place.slice(8) };
  if (/\.(tgz|tar\.gz)$/.test(place)) return { upload: resolve(cwd, place) };
  if (isAbsolute(place)) return { path: place };
  throw new UsageError(`${option}: "${place}" is neither a .tgz, archive:name nor the absolute path of a folder`);
}
