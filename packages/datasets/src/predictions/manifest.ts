import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { QualmError } from '@qualm/types';
import type { HeadForm, Label } from '@qualm/types';
import { ioError } from '../files/io-error.ts';
import { writeFileDurably } from '../files/write-file-durably.ts';
import type { ImageIdType } from './prediction-schema.ts';

/** The name of a set's manifest. Spark and Arrow pass over files that begin with an underscore. */
export const manifestName = '_qualm.json';

/** What a folder of predictions says of itself. */
export interface PredictionManifest {
  readonly version: 1;
  readonly form: HeadForm;
  /** Whatever the writer said identifies model, form and source. */
  readonly fingerprint: string;
  readonly labels: readonly Label[];
  readonly rowsPerShard: number;
  /** Null until the first row came. */
  readonly imageIdType: ImageIdType | null;
  /** Images in the set; null while it is being written. */
  readonly rows: number | null;
}

/** The manifest of a folder, or null where there is none.
 * @throws QualmError `dataset-invalid` for one that cannot be understood.
 */
export async function readManifest(folder: string): Promise<PredictionManifest | null> {
  const path = join(folder, manifestName);
  const text = await readFile(path, 'utf8').catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw await ioError('read', path, error);
  });
  return text === null ? null : parseManifest(path, text);
}

export async function writeManifest(folder: string, manifest: PredictionManifest): Promise<void> {
  await writeFileDurably(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
}

function parseManifest(path: string, text: string): PredictionManifest {
  try {
    const manifest = JSON.parse(text) as PredictionManifest;
    if (manifest.version === 1 && typeof manifest.fingerprint === 'string' && Array.isArray(manifest.labels)) {
      return manifest;
    }
  } catch (cause) {
    throw invalid(path, 'it is not JSON', cause);
  }
  throw invalid(path, 'it is not a manifest of version 1');
}

function invalid(path: string, why: string, cause?: unknown): QualmError {
  return new QualmError(
    'dataset-invalid',
    `predictions: "${path}" cannot be read: ${why}; delete the folder and run again`,
    {
      cause,
    },
  );
}
