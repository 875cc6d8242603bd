import type { HeadForm, Label } from '@qualm/types';
import { createParquetFileEncoder } from '../parquet/parquet-file-encoder.ts';
import type { PredictionBatch } from './prediction-batch.ts';
import { predictionLeaves } from './prediction-leaves.ts';
import { predictionSchema } from './prediction-schema.ts';
import type { ImageIdType } from './prediction-schema.ts';

/** What every shard of a set has in common. */
export interface ShardOptions {
  readonly form: HeadForm;
  readonly labels: readonly Label[];
  readonly fingerprint: string;
  readonly imageIdType: ImageIdType;
}

/** Encodes one shard: a row group for each batch. */
export interface ShardEncoder {
  add(batch: PredictionBatch): void;
  finish(): Uint8Array;
}

export function createShardEncoder({ form, labels, fingerprint, imageIdType }: ShardOptions): ShardEncoder {
  const metadata = [
    { key: 'qualm.form', value: form },
    { key: 'qualm.fingerprint', value: fingerprint },
    { key: 'qualm.labels', value: JSON.stringify(labels) },
  ];
  const file = createParquetFileEncoder(predictionSchema(form, imageIdType), metadata, 'UNCOMPRESSED');
  return {
    add(batch) {
      file.addRowGroup(predictionLeaves(batch, form, imageIdType, labels), batch.rows);
    },
    finish: () => file.finish(),
  };
}
