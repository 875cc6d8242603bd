import { Image } from '@qualm/types';
import type { Prediction } from '@qualm/types';
import { openParquetFile } from '../parquet/parquet-file.ts';
import type { ParquetFile } from '../parquet/parquet-file.ts';
import { predictionShard } from './prediction-table.ts';
import { imageIdTypeOf, readFileGroups } from './read-predictions.ts';
import type { PredictionSetInfo } from './shard-metadata.ts';

/** The rows of a shard as they were when they were written, so that writing them again gives the
 * same bytes. `index` counts within the shard, and an image that was given as bytes has none any
 * more.
 */
export async function storedRows(path: string, info: PredictionSetInfo): Promise<Prediction[]> {
  return rowsOfFile(await openParquetFile(path), info);
}

/** The same of an opened file. */
export async function rowsOfFile(file: ParquetFile, info: PredictionSetInfo): Promise<Prediction[]> {
  const { columns, length } = predictionShard(info, await readFileGroups(file, info), imageIdTypeOf(file));
  const gone = Image.fromBytes(new Uint8Array(0));
  return Array.from({ length }, (_, index) => {
    const [width, height] = [columns.width.at(index) ?? null, columns.height.at(index) ?? null];
    return {
      index,
      image_id: columns.image_id.at(index)!,
      image: columns.image.at(index) ?? gone,
      size: width === null || height === null ? null : { width, height },
      detections: columns.detections.at(index) ?? null,
      error: columns.error.at(index) ?? null,
    };
  });
}
