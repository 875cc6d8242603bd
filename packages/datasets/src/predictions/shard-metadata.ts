import { QualmError } from '@qualm/types';
import type { HeadForm, Label } from '@qualm/types';
import type { KeyValue } from 'hyparquet';
import { fileMetadata, notParquet } from '../parquet/parquet-file.ts';
import type { ParquetFile } from '../parquet/parquet-file.ts';

/** What all shards of a set have in common: it stands in the manifest, and in the footer of every shard. */
export interface PredictionSetInfo {
  readonly form: HeadForm;
  readonly labels: readonly Label[];
  readonly fingerprint: string;
}

/** The entries of a shard's footer. */
export function shardMetadata({ form, fingerprint, labels }: PredictionSetInfo): KeyValue[] {
  return [
    { key: 'qualm.form', value: form },
    { key: 'qualm.fingerprint', value: fingerprint },
    { key: 'qualm.labels', value: JSON.stringify(labels) },
  ];
}

/** What a shard's footer says of its set.
 * @throws QualmError `dataset-invalid` for a file of somebody else.
 */
export function readShardMetadata(file: ParquetFile): PredictionSetInfo {
  const form = fileMetadata(file, 'qualm.form');
  if (form !== 'detections' && form !== 'class_scores') {
    throw new QualmError('dataset-invalid', `readPredictions: "${file.path}" holds no predictions of qualm`);
  }
  return {
    form,
    fingerprint: fileMetadata(file, 'qualm.fingerprint') ?? '',
    labels: parseLabels(file),
  };
}

function parseLabels(file: ParquetFile): Label[] {
  try {
    return JSON.parse(fileMetadata(file, 'qualm.labels') ?? '[]') as Label[];
  } catch (cause) {
    throw notParquet(file.path, cause);
  }
}
