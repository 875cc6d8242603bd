import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { QualmError } from '@qualm/types';
import type { FileDigest } from '../files/file-digest.ts';
import { ioError } from '../files/io-error.ts';
import { writeFileDurably } from '../files/write-file-durably.ts';
import type { ShareNumber } from '../shares/image-share.ts';
import type { ImageIdType } from './prediction-schema.ts';
import { isShapeKind, pickSetInfo } from './shard-metadata.ts';
import type { PredictionSetInfo } from './shard-metadata.ts';

/** The name of a set's manifest. Spark and Arrow pass over files that begin with an underscore. */
export const manifestName = '_qualm.json';

/** What a shard holds. */
export interface ShardEntry extends FileDigest {
  readonly rows: number;
  /** Rows with an error. */
  readonly failed: number;
}

/** Which share of a run's images a folder holds. */
export interface ManifestShare extends ShareNumber {
  /** How many images the whole list has; null of a stream until the run is complete. */
  readonly images: number | null;
  /** The fingerprint of all their ids in order; null as long. */
  readonly ids: string | null;
}

/** What a folder of predictions says of itself. */
export interface PredictionManifest extends PredictionSetInfo {
  readonly version: 1;
  /** What the fingerprint is made of, by name; absent where the writer gave a fingerprint of its
   * own.
   */
  readonly identity?: Readonly<Record<string, string>>;
  /** Absent where the folder holds a whole run. */
  readonly share?: ManifestShare;
  readonly rowsPerShard: number;
  /** Null until the first row came. */
  readonly imageIdType: ImageIdType | null;
  /** Images in the set; null while it is being written. */
  readonly rows: number | null;
  /** What each shard holds, in their order; absent in folders of older versions. */
  readonly shards?: readonly ShardEntry[];
  /** The shard that is about to be put in its place, or was just before its writer ended: either of
   * both is right.
   */
  readonly pending?: ShardEntry & { readonly index: number };
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

/** What a run says of itself before its first row. */
export function newManifest({
  identity,
  info,
  share,
  rowsPerShard,
}: {
  readonly identity?: PredictionManifest['identity'] | undefined;
  readonly info: PredictionSetInfo;
  readonly share?: ManifestShare | undefined;
  readonly rowsPerShard: number;
}): PredictionManifest {
  return {
    version: 1,
    ...(identity && { identity }),
    ...pickSetInfo(info),
    ...(share && { share }),
    rowsPerShard,
    imageIdType: null,
    rows: null,
    shards: [],
  };
}

export async function writeManifest(folder: string, manifest: PredictionManifest): Promise<void> {
  await writeFileDurably(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
}

function parseManifest(path: string, text: string): PredictionManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid(path, 'it is not JSON', cause);
  }
  if (isManifest(value)) return value;
  throw invalid(path, 'it is not a manifest of version 1');
}

function isManifest(value: unknown): value is PredictionManifest {
  if (!isObject(value)) return false;
  const { version, form, fingerprint, labels, rowsPerShard, imageIdType, rows, shards = [], pending } = value;
  const { scoreKind, task, minScore = 0, identity = {}, shapes = [], share } = value;
  return (
    version === 1 &&
    (form === 'detections' || form === 'class_scores') &&
    typeof fingerprint === 'string' &&
    isObject(identity) &&
    Object.values(identity).every((part) => typeof part === 'string') &&
    Array.isArray(labels) &&
    labels.every((label) => isObject(label) && typeof label['id'] === 'number' && typeof label['name'] === 'string') &&
    isCount(rowsPerShard) &&
    rowsPerShard > 0 &&
    (imageIdType === null || imageIdType === 'string' || imageIdType === 'int64') &&
    (rows === null || isCount(rows)) &&
    Array.isArray(shards) &&
    shards.every(isEntry) &&
    (scoreKind === undefined || scoreKind === 'distribution' || scoreKind === 'independent') &&
    (task === undefined || task === 'detection' || task === 'classification') &&
    typeof minScore === 'number' &&
    minScore >= 0 &&
    minScore <= 1 &&
    Array.isArray(shapes) &&
    shapes.every(isShapeKind) &&
    (share === undefined || isShare(share)) &&
    (pending === undefined || (isEntry(pending) && isCount(pending['index'])))
  );
}

function isShare(value: unknown): value is ManifestShare {
  if (!isObject(value)) return false;
  const { index, count, images, ids } = value;
  const isNumber = isCount(index) && isCount(count) && index >= 1 && index <= count;
  return isNumber && (images === null || isCount(images)) && (ids === null || typeof ids === 'string');
}

function isEntry(value: unknown): value is ShardEntry & Record<string, unknown> {
  if (!isObject(value)) return false;
  const { rows, failed, bytes, sha256, crc32 = '' } = value;
  const hasChecksums = typeof sha256 === 'string' && typeof crc32 === 'string';
  return isCount(rows) && isCount(failed) && isCount(bytes) && hasChecksums;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function invalid(path: string, why: string, cause?: unknown): QualmError {
  return new QualmError(
    'dataset-invalid',
    `predictions: "${path}" cannot be read: ${why}; delete the folder and run again`,
    { cause },
  );
}
