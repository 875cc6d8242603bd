import { ClassScoresColumn, DetectionsColumn, Image } from '@qualm/types';
import type { Column, RowError } from '@qualm/types';
import { lazyColumn } from '../tables/lazy-column.ts';
import { lazyFields } from './lazy-fields.ts';
import type { ImageIdType } from './prediction-schema.ts';
import type { PredictionRows } from './read-row-group.ts';
import type { PredictionSetInfo } from './shard-metadata.ts';
import { storedBoxes } from './stored-boxes.ts';
import type { StoredBoxes } from './stored-boxes.ts';

/** The columns of predictions, one row per image, as a table library takes them. */
export interface PredictionColumns {
  readonly image_id: Column<string | number>;
  /** Null for an image that was given as bytes. */
  readonly image: Column<Image | null>;
  readonly width: Column<number | null>;
  readonly height: Column<number | null>;
  readonly detections: DetectionsColumn | ClassScoresColumn;
  readonly error: Column<RowError | null>;
}

/** Predictions in memory. */
export interface PredictionTable extends PredictionSetInfo {
  readonly length: number;
  /** Whether image ids are text or whole numbers; one type in all shards of a set. */
  readonly imageIdType: ImageIdType;
  readonly columns: PredictionColumns;
}

/** The predictions of one shard. A column is decoded when it is first read. */
export interface PredictionShard extends PredictionTable {
  /** The boxes of the column `detections`, for whoever needs few of their columns. */
  readonly boxes: StoredBoxes;
}

export function predictionShard(
  info: PredictionSetInfo,
  groups: readonly PredictionRows[],
  imageIdType: ImageIdType,
): PredictionShard {
  const length = groups.reduce((sum, group) => sum + group.length, 0);
  const boxes = storedBoxes(info, groups);
  const columns = lazyFields<PredictionColumns>({
    image_id: () => groups.flatMap((group) => group.imageIds),
    image: () => imageColumn(groups.flatMap((group) => group.uris)),
    width: () => groups.flatMap((group) => group.widths),
    height: () => groups.flatMap((group) => group.heights),
    detections: () => (info.form === 'detections' ? new DetectionsColumn(boxes) : new ClassScoresColumn(boxes)),
    error: () => groups.flatMap((group) => group.errors),
  });
  return { ...info, imageIdType, length, boxes, columns };
}

function imageColumn(uris: readonly (string | null)[]): Column<Image | null> {
  return lazyColumn(uris.length, (row) => (uris[row] == null ? null : Image.fromUri(uris[row])));
}
