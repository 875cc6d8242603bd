import { assertText, wrongArgument } from '@qualm/types';
import type { TaskFolder, WorkerProgram } from '../texts/worker-command.ts';
import type { SparkSession } from '../connect/spark-session.ts';
import type { FolderSource, WorkerSource } from './spark-model.ts';

/** Puts what tasks need where they find it. */
export interface TaskFolders {
  worker(signal?: AbortSignal): Promise<WorkerProgram>;
  folder(source: FolderSource, signal?: AbortSignal): Promise<TaskFolder>;
}

/** The folders of a session: an archive is sent when it is first needed. */
export function createTaskFolders(session: SparkSession, worker: WorkerSource): TaskFolders {
  const folder = async (source: FolderSource, signal?: AbortSignal): Promise<TaskFolder> => {
    if ('path' in source) return { path: source.path };
    if ('archive' in source) return { archive: source.archive, session: session.serverSessionId };
    const { name } = await session.uploadArchive(source.upload, { ...(signal && { signal }) });
    return { archive: name, session: session.serverSessionId };
  };
  return {
    folder,
    worker: (signal) => ('command' in worker ? Promise.resolve(worker) : folder(worker, signal)),
  };
}

/** @throws RangeError unless the value is one of the ways to say where a folder or a worker is. */
export function assertSource(where: string, name: string, value: unknown, ways: readonly string[]): void {
  const wanted = ways.map((way) => `{ ${way} }`).join(' or ');
  if (typeof value !== 'object' || value === null) throw wrongArgument(where, name, value, wanted);
  const [way, ...others] = ways.filter((key) => key in value);
  if (way === undefined || others.length > 0) throw wrongArgument(where, name, value, wanted);
  assertText(where, `${name}.${way}`, (value as Readonly<Record<string, unknown>>)[way]);
}
