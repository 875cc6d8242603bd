import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { assertText } from '@qualm/types';
import { ioError } from '../files/io-error.ts';
import { manifestName } from './manifest.ts';
import { openSet } from './open-set.ts';

/** Where stored predictions come from. */
export interface PredictionOrigin {
  /** The name of the model that made them; null where they do not say. */
  readonly model: string | null;
  /** When their folder's manifest, or the single file, was last written: a copy has a later time,
   * unless it keeps that of the original.
   */
  readonly written: Date;
}

/** Which model made a set of predictions, and when it was written. Nothing but its manifest is
 * read.
 * @throws QualmError `io` when it cannot be read, `dataset-invalid` when a folder holds no
 * predictions.
 * @example (await readPredictionOrigin('out')).model // 'yolox-nano'
 */
export async function readPredictionOrigin(path: string): Promise<PredictionOrigin> {
  assertText('readPredictionOrigin', 'its path', path, "a folder of predictions, such as 'out'");
  const { path: found, manifest } = await openSet(path);
  const file = manifest ? join(found, manifestName) : found;
  const { mtime } = await stat(file).catch(async (error: unknown) => {
    throw await ioError('read', file, error);
  });
  return { model: manifest?.identity?.['model'] ?? null, written: mtime };
}
