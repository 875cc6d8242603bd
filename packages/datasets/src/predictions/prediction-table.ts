import { ClassScoresColumn, DetectionsColumn, Image } from '@qualm/types';
import type { Column, RowError } from '@qualm/types';
import { lazyColumn } from '../tables/lazy-column.ts';
import type { ImageIdType } from './prediction-schema.ts';
import type { PredictionRows } from './read-row-group.ts';
import type { PredictionSetInfo } from './shard-metadata.ts';

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

export function predictionTable(
  info: PredictionSetInfo,
  groups: readonly PredictionRows[],
  imageIdType: ImageIdType,
): PredictionTable {
  const uris = groups.flatMap((group) => group.uris);
  return {
    ...info,
    imageIdType,
    length: uris.length,
    columns: {
      image_id: groups.flatMap((group) => group.imageIds),
      image: lazyColumn(uris.length, (row) => (uris[row] == null ? null : Image.fromUri(uris[row]))),
      width: groups.flatMap((group) => group.widths),
      height: groups.flatMap((group) => group.heights),
      detections: detectionsColumn(info, groups),
      error: groups.flatMap((group) => group.errors),
    },
  };
}

function detectionsColumn(
  { form, labels }: PredictionSetInfo,
  groups: readonly PredictionRows[],
): DetectionsColumn | ClassScoresColumn {
  const parts = {
    ...rowOffsets(groups.flatMap(({ counts }) => counts)),
    boxes: concat(
      Float32Array,
      groups.map(({ boxes }) => boxes),
    ),
    scores: concat(
      Float32Array,
      groups.map(({ scores }) => scores),
    ),
    labelIds: concat(
      Int32Array,
      groups.map(({ labelIds }) => labelIds),
    ),
  };
  if (form === 'detections') return new DetectionsColumn(parts);
  const numClasses = Math.max(0, ...groups.map((group) => group.numClasses)) || Math.max(1, labels.length);
  return new ClassScoresColumn({ ...parts, numClasses });
}

function rowOffsets(counts: readonly number[]): { offsets: Uint32Array; valid: Uint8Array } {
  const offsets = new Uint32Array(counts.length + 1);
  counts.forEach((count, row) => (offsets[row + 1] = offsets[row]! + Math.max(0, count)));
  return { offsets, valid: Uint8Array.from(counts, (count) => (count < 0 ? 0 : 1)) };
}

function concat<T extends Float32Array | Int32Array>(Storage: new (length: number) => T, parts: readonly T[]): T {
  if (parts.length === 1) return parts[0]!;
  const all = new Storage(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
