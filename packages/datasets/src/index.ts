export type { CocoAnnotation } from './coco/coco-annotation.ts';
export type { CocoColumns, CocoDataset } from './coco/coco-dataset.ts';
export { cocoSizes } from './coco/coco-sizes.ts';
export { readCoco } from './coco/read-coco.ts';
export type { ReadCocoOptions } from './coco/read-coco.ts';
export { createSizeDifferences } from './coco/size-differences.ts';
export type { SizeDifference, SizeDifferences } from './coco/size-differences.ts';
export { writeCocoResults } from './coco/write-coco-results.ts';
export type { CocoResultsOptions, ResultColumns } from './coco/write-coco-results.ts';
export { readImageStates } from './images/image-states.ts';
export type { ImageCheck, ImageStates, ImageStatesOptions } from './images/image-states.ts';
export { writeFileWhole } from './files/write-file-whole.ts';
export { openFolder } from './images/open-folder.ts';
export type { FolderSource, OpenFolderOptions } from './images/open-folder.ts';
export { openImages, openImageStream } from './images/open-images.ts';
export type { PassedOver } from './images/passed-over.ts';
export { cocoLabels80, cocoLabels91 } from './labels/coco-labels.ts';
export { readLabels } from './labels/read-labels.ts';
export { createMemorySink } from './predictions/create-memory-sink.ts';
export type { MemorySink } from './predictions/create-memory-sink.ts';
export { createNdjsonSink } from './predictions/create-ndjson-sink.ts';
export type { LineWriter, NdjsonSinkOptions } from './predictions/create-ndjson-sink.ts';
export { createParquetSink } from './predictions/create-parquet-sink.ts';
export type { ParquetSinkOptions } from './predictions/create-parquet-sink.ts';
export type { PredictionManifest, ShardEntry } from './predictions/manifest.ts';
export type { ImageIdType } from './predictions/prediction-schema.ts';
export type { StoredBoxes } from './predictions/stored-boxes.ts';
export type { PredictionColumns, PredictionShard, PredictionTable } from './predictions/prediction-table.ts';
export {
  listPredictionShards,
  readPredictionInfo,
  readPredictions,
  readPredictionShards,
} from './predictions/read-predictions.ts';
export type { ReadPredictionsOptions, ReadShardsOptions, StoredPredictions } from './predictions/read-predictions.ts';
export type { RunIdentity } from './predictions/run-identity.ts';
export type { PredictionSetInfo } from './predictions/shard-metadata.ts';
export type { RetryErrors } from './predictions/shard-plan.ts';
export type { ColumnType, TableColumns } from './tables/column-type.ts';
export { formatCsv } from './tables/format-csv.ts';
export type { CsvOptions } from './tables/format-csv.ts';
export { readParquet } from './tables/read-parquet.ts';
export type { ParquetTable } from './tables/read-parquet.ts';
export { writeCsv } from './tables/write-csv.ts';
export { writeParquet } from './tables/write-parquet.ts';
export type { WriteParquetOptions } from './tables/write-parquet.ts';
