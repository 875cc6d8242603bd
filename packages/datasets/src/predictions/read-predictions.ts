import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { QualmError } from '@qualm/types';
import { ioError } from '../files/io-error.ts';
import { notParquet, openParquetFile } from '../parquet/parquet-file.ts';
import type { ParquetFile } from '../parquet/parquet-file.ts';
import { readManifest } from './manifest.ts';
import type { PredictionManifest } from './manifest.ts';
import { predictionTable } from './prediction-table.ts';
import type { PredictionTable } from './prediction-table.ts';
import { readRowGroup } from './read-row-group.ts';
import type { PredictionRows } from './read-row-group.ts';
import { readShardMetadata } from './shard-metadata.ts';
import type { PredictionSetInfo } from './shard-metadata.ts';
import { shardIndex } from './shard-name.ts';

/** A set of predictions in memory, and what its folder says of it. */
export interface StoredPredictions extends PredictionTable {
  /** Null for a single file. `rows` in it is null while the set is not complete. */
  readonly manifest: PredictionManifest | null;
}

/** All predictions of a folder that `createParquetSink` wrote, or of one of its files. A set that is not complete is
 * read as far as it goes.
 * @throws QualmError `io` when it cannot be read, `dataset-invalid` when it holds no predictions.
 * @example aq.table((await readPredictions('out')).columns)
 */
export async function readPredictions(path: string): Promise<StoredPredictions> {
  const { files, manifest } = await findShards(path);
  const groups: PredictionRows[] = [];
  let info: PredictionSetInfo | null = manifest;
  for (const name of files) {
    const file = await openParquetFile(name);
    info ??= readShardMetadata(file);
    groups.push(...(await readFileGroups(file, info)));
  }
  return { ...predictionTable(pickInfo(info!), groups), manifest };
}

/** The predictions of a folder shard by shard, in input order: one shard is in memory at a time.
 * @throws QualmError as `readPredictions`.
 */
export async function* readPredictionShards(path: string): AsyncGenerator<PredictionTable, void, undefined> {
  const { files } = await findShards(path);
  for (const name of files) {
    const file = await openParquetFile(name);
    const info = readShardMetadata(file);
    yield predictionTable(info, await readFileGroups(file, info));
  }
}

async function readFileGroups(file: ParquetFile, { form }: PredictionSetInfo): Promise<PredictionRows[]> {
  const groups: PredictionRows[] = [];
  try {
    for (const group of file.metadata.row_groups) groups.push(await readRowGroup(file, group, form));
  } catch (cause) {
    throw QualmError.is(cause) ? cause : notParquet(file.path, cause);
  }
  return groups;
}

async function findShards(path: string): Promise<{ files: string[]; manifest: PredictionManifest | null }> {
  const found = await stat(path).catch(async (error: unknown) => {
    throw await ioError('read', path, error);
  });
  if (!found.isDirectory()) return { files: [path], manifest: null };
  const manifest = await readManifest(path);
  if (!manifest) {
    throw new QualmError(
      'dataset-invalid',
      `readPredictions: "${path}" has no _qualm.json; give a folder of predictions`,
    );
  }
  const shards = (await readdir(path)).filter((name) => shardIndex(name) !== null);
  shards.sort((a, b) => shardIndex(a)! - shardIndex(b)!);
  return { files: shards.map((name) => join(path, name)), manifest };
}

function pickInfo({ form, labels, fingerprint }: PredictionSetInfo): PredictionSetInfo {
  return { form, labels, fingerprint };
}
