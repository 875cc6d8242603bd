import { assertOptions, assertText, QualmError } from '@qualm/types';
import { notParquet, openParquetFile } from '../parquet/parquet-file.ts';
import type { ParquetFile } from '../parquet/parquet-file.ts';
import type { PredictionManifest } from './manifest.ts';
import { openSet, openShards } from './open-set.ts';
import type { ImageIdType } from './prediction-schema.ts';
import { predictionShard } from './prediction-table.ts';
import type { PredictionShard, PredictionTable } from './prediction-table.ts';
import { readRowGroup } from './read-row-group.ts';
import type { PredictionRows } from './read-row-group.ts';
import { pickSetInfo, readShardMetadata } from './shard-metadata.ts';
import type { PredictionSetInfo } from './shard-metadata.ts';

/** A set of predictions in memory, and what its folder says of it. */
export interface StoredPredictions extends PredictionTable {
  /** Null for a single file. `rows` in it is null while the set is not complete. */
  readonly manifest: PredictionManifest | null;
}

/** Options of `readPredictions`. */
export interface ReadPredictionsOptions {
  /** Told of a shard that another tool rewrote: its rows are as many as before, and nothing more is
   * known of them; and of a folder that holds one share of a run.
   */
  readonly onWarning?: (message: string) => void;
}

/** Options of `readPredictionShards`. */
export interface ReadShardsOptions extends ReadPredictionsOptions {
  /** Lets a shard take the memory of the one before the last: arrays of a shard, and columns that
   * were not read yet, hold only until the next one is asked for. Half the time of reading many
   * is else that of new memory. Default false. */
  readonly reuseMemory?: boolean;
}

/** All predictions of a folder that `createParquetSink` wrote, or of one of its files. A folder is
 * held against its manifest, shard by shard: one that is missing, of another run or damaged is an
 * error that names it. One that another tool rewrote is read by its columns. A set that is not
 * complete is read as far as it goes.
 * @throws QualmError `io` when it cannot be read, `dataset-invalid` when it holds no predictions,
 * or others than it says.
 * @example aq.table((await readPredictions('out')).columns)
 */
export async function readPredictions(path: string, options: ReadPredictionsOptions = {}): Promise<StoredPredictions> {
  assertPath('readPredictions', path);
  assertOptions('readPredictions', options, '{ onWarning: console.warn }');
  const set = await openSet(path);
  const groups: PredictionRows[] = [];
  let info: PredictionSetInfo | null = set.manifest;
  let imageIdType = set.manifest?.imageIdType ?? null;
  for await (const file of openShards(set, options)) {
    info ??= readShardMetadata(file);
    imageIdType ??= imageIdTypeOf(file);
    for (const rows of await readFileGroups(file, info)) groups.push({ ...rows });
  }
  const { boxes, columns, ...table } = predictionShard(pickSetInfo(info!), groups, imageIdType ?? 'string');
  // All columns are made now, so that nothing is kept of the files beside them.
  return { ...table, columns: { ...columns }, manifest: set.manifest };
}

/** What a set of predictions says of itself: a folder by its manifest, a single file by its footer.
 * Nothing else is read.
 * @throws QualmError `io` when it cannot be read, `dataset-invalid` when it holds no predictions.
 */
export async function readPredictionInfo(path: string): Promise<PredictionSetInfo> {
  assertPath('readPredictionInfo', path);
  const { manifest } = await openSet(path);
  return pickSetInfo(manifest ?? readShardMetadata(await openParquetFile(path)));
}

/** The predictions of a folder shard by shard, in input order: one shard is in memory at a time,
 * beside the bytes of the next. Columns that are not read cost nothing but their part of the
 * checksum.
 * @throws QualmError as `readPredictions`.
 */
export async function* readPredictionShards(
  path: string,
  options: ReadShardsOptions = {},
): AsyncGenerator<PredictionShard, void, undefined> {
  assertPath('readPredictionShards', path);
  assertOptions('readPredictionShards', options, '{ onWarning: console.warn }');
  const set = await openSet(path);
  for await (const file of openShards(set, options)) {
    const info = pickSetInfo(set.manifest ?? readShardMetadata(file));
    const imageIdType = set.manifest?.imageIdType ?? imageIdTypeOf(file);
    yield predictionShard(info, await readFileGroups(file, info), imageIdType);
  }
}

/** The paths of the shards of a folder, in input order, each held against the manifest: for readers
 * of Parquet other than ours.
 * @throws QualmError as `readPredictions`.
 * @example await listPredictionShards('out') // ['out/part-00000.parquet', 'out/part-00001.parquet']
 */
export async function listPredictionShards(
  path: string,
  options: ReadPredictionsOptions = {},
): Promise<readonly string[]> {
  assertPath('listPredictionShards', path);
  assertOptions('listPredictionShards', options, '{ onWarning: console.warn }');
  const paths: string[] = [];
  for await (const file of openShards(await openSet(path), options)) paths.push(file.path);
  return paths;
}

/** The rows of a file, one row group after the other. Fields of a file in memory are decoded when
 * they are read.
 * @throws QualmError `dataset-invalid` when its columns are not those of predictions.
 */
export async function readFileGroups(file: ParquetFile, set: PredictionSetInfo): Promise<PredictionRows[]> {
  const groups: PredictionRows[] = [];
  try {
    for (const group of file.metadata.row_groups) groups.push(await readRowGroup(file, group, set));
  } catch (cause) {
    throw QualmError.is(cause) ? cause : notParquet(file.path, cause);
  }
  return groups;
}

function assertPath(where: string, path: unknown): void {
  assertText(where, 'its path', path, "a folder of predictions, such as 'out'");
}

/** How a shard stores image ids. */
export function imageIdTypeOf({ schema }: ParquetFile): ImageIdType {
  const { type } = schema.children.find(({ element }) => element.name === 'image_id')?.element ?? {};
  return type?.startsWith('INT') ? 'int64' : 'string';
}
