import { createParquetFileEncoder } from '../parquet/parquet-file-encoder.ts';
import type { ParquetFileEncoder } from '../parquet/parquet-file-encoder.ts';
import type { PredictionBatch } from './prediction-batch.ts';
import { predictionLeaves } from './prediction-leaves.ts';
import { predictionSchema } from './prediction-schema.ts';
import type { ImageIdType } from './prediction-schema.ts';
import { shardMetadata } from './shard-metadata.ts';
import type { PredictionSetInfo } from './shard-metadata.ts';

/** What every shard of a set has in common. */
export interface ShardOptions extends PredictionSetInfo {
  readonly imageIdType: ImageIdType;
}

/** Encodes one shard: a row group for each batch. */
export interface ShardEncoder {
  add(batch: PredictionBatch): void;
  /** Another encoder that begins with what this one has so far. */
  fork(): ShardEncoder;
  finish(): Uint8Array;
}

export function createShardEncoder(options: ShardOptions): ShardEncoder {
  const schema = predictionSchema(options.form, options.imageIdType, options.shapes);
  return encoderInto(createParquetFileEncoder(schema, shardMetadata(options), 'UNCOMPRESSED'), options);
}

function encoderInto(file: ParquetFileEncoder, options: ShardOptions): ShardEncoder {
  return {
    add(batch) {
      file.addRowGroup(predictionLeaves(batch, options.form, options), batch.rows);
    },
    fork: () => encoderInto(file.fork(), options),
    finish: () => file.finish(),
  };
}
