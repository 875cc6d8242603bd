import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { S3Mirror } from '@qualm/remote';
import { QualmError } from '@qualm/types';
import { s3Options } from '../input/open-remote.ts';
import { UsageError } from '../terminal/exit-code.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Predictions in S3, and the folder here that is their copy while the command runs. */
export interface S3PredictionPlace {
  readonly folder: string;
  readonly mirror: S3Mirror;
}

/** True for a place of predictions that is in S3. */
export function isS3Place(path: string): boolean {
  return /^s3:\/\//i.test(path);
}

/** @throws UsageError when predictions are there already, and are not to be resumed. */
export async function assertS3Free(
  uri: string,
  { resume, retryFailed }: { readonly resume?: true | undefined; readonly retryFailed?: true | undefined },
  { mirror }: S3PredictionPlace,
): Promise<void> {
  if (resume || retryFailed || !(await mirror.exists())) return;
  throw new UsageError(`${uri}: holds predictions already; go on with --resume, or choose another --out`);
}

/** What `use` makes of predictions in S3; the copy here is gone when it is over. */
export async function withS3Place<T>(
  uri: string,
  { env }: Pick<Terminal, 'env'>,
  use: (place: S3PredictionPlace) => Promise<T>,
): Promise<T> {
  const { createS3Mirror } = await import('@qualm/remote');
  const s3 = await s3Options(env);
  const folder = await mkdtemp(join(tmpdir(), 'qualm-s3-'));
  try {
    // Without the signal: what a run has done when it is stopped is put there, too.
    return await use({ folder, mirror: createS3Mirror(uri, folder, { s3 }) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What `use` makes of a folder of predictions, which are fetched where they are in S3.
 * @param path a folder, or a URI of S3
 */
export async function withPredictions<T>(
  path: string,
  terminal: Pick<Terminal, 'cwd' | 'env'>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  if (!isS3Place(path)) return use(resolve(terminal.cwd, path));
  return withS3Place(path, terminal, async ({ folder, mirror }) => {
    if ((await mirror.pull()) === 0) throw new QualmError('dataset-invalid', `${path}: there are no predictions`);
    return use(folder);
  });
}

/** What `use` makes of several such folders, in their order. */
export async function withAllPredictions<T>(
  [first, ...rest]: readonly string[],
  terminal: Pick<Terminal, 'cwd' | 'env'>,
  use: (folders: readonly string[]) => Promise<T>,
): Promise<T> {
  if (first === undefined) return use([]);
  return withPredictions(first, terminal, (folder) =>
    withAllPredictions(rest, terminal, (folders) => use([folder, ...folders])),
  );
}
