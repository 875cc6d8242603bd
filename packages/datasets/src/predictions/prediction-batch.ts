import type {
  BoxShapeArrays,
  ClassScores,
  Detections,
  OutputForm,
  Prediction,
  RowError,
  ShapeKind,
} from '@qualm/types';
import { BoxShapes, QualmError } from '@qualm/types';
import { createBatchShapes } from './batch-shapes.ts';
import { growableFloat32, growableInt32 } from './growable-array.ts';

/** Predictions of consecutive images as flat arrays, cheap to hand to another thread. */
export interface PredictionBatch {
  readonly rows: number;
  readonly imageIds: readonly (string | number)[];
  readonly uris: readonly (string | null)[];
  /** [rows, 2] width and height; -1 where unknown. */
  readonly sizes: Int32Array<ArrayBuffer>;
  /** Boxes per row; -1 for a row without detections, which is not a row with none. */
  readonly counts: Int32Array<ArrayBuffer>;
  /** Scores per box, row by row: 1, or the number of classes. */
  readonly widths: Int32Array<ArrayBuffer>;
  readonly boxes: Float32Array<ArrayBuffer>;
  readonly scores: Float32Array<ArrayBuffer>;
  readonly labelIds: Int32Array<ArrayBuffer>;
  /** What stands beside the boxes; absent where no box has anything. */
  readonly shapes?: BoxShapeArrays;
  readonly errors: readonly (RowError | null)[];
}

/** Gathers predictions into batches; values are copied, so callers may reuse their arrays. */
export interface PredictionBatchBuilder {
  readonly rows: number;
  readonly bytes: number;
  /** @throws QualmError `shape-mismatch` for detections of another form, or with other shapes. */
  add(row: Prediction): void;
  /** What was gathered so far. */
  copy(): PredictionBatch;
  /** The same; empty afterwards. */
  take(): PredictionBatch;
}

/** @param kinds what each box has beside it. */
export function createPredictionBatchBuilder(
  form: OutputForm,
  kinds: readonly ShapeKind[] = [],
): PredictionBatchBuilder {
  const boxes = growableFloat32();
  const scores = growableFloat32();
  const labelIds = growableInt32();
  const sizes = growableInt32();
  const counts = growableInt32();
  const widths = growableInt32();
  const shapes = createBatchShapes(kinds);
  let imageIds: (string | number)[] = [];
  let uris: (string | null)[] = [];
  let errors: (RowError | null)[] = [];
  return {
    get rows() {
      return imageIds.length;
    },
    get bytes() {
      return 4 * (boxes.length + scores.length + labelIds.length) + shapes.bytes;
    },
    add(row) {
      const { image_id, image, size, detections, error } = row;
      if (detections && detections.form !== form) throw wrongForm(image_id, detections.form, form);
      shapes.add(row);
      imageIds.push(image_id);
      uris.push(image.uri);
      errors.push(error && { code: error.code, message: error.message });
      sizes.append(Int32Array.of(size?.width ?? -1, size?.height ?? -1));
      counts.append(Int32Array.of(detections?.length ?? -1));
      widths.append(Int32Array.of(detections ? scoresPerBox(detections) : 0));
      if (!detections) return;
      boxes.append(detections.boxes);
      scores.append(detections.scores);
      labelIds.append(detections.labelIds);
    },
    copy() {
      const names = { imageIds: [...imageIds], uris: [...uris], errors: [...errors] };
      return {
        rows: imageIds.length,
        ...names,
        sizes: sizes.copy(),
        counts: counts.copy(),
        widths: widths.copy(),
        boxes: boxes.copy(),
        scores: scores.copy(),
        labelIds: labelIds.copy(),
        ...shapesOf(shapes.copy()),
      };
    },
    take() {
      const names = { imageIds, uris, errors };
      const rows = imageIds.length;
      imageIds = [];
      uris = [];
      errors = [];
      return {
        rows,
        ...names,
        sizes: sizes.take(),
        counts: counts.take(),
        widths: widths.take(),
        boxes: boxes.take(),
        scores: scores.take(),
        labelIds: labelIds.take(),
        ...shapesOf(shapes.take()),
      };
    },
  };
}

/** The memory that moves with a batch to another thread. */
export function batchTransferables(batch: PredictionBatch): ArrayBuffer[] {
  const { sizes, counts, widths, boxes, scores, labelIds, shapes } = batch;
  const own = [sizes, counts, widths, boxes, scores, labelIds].map(({ buffer }) => buffer);
  return shapes instanceof BoxShapes ? [...own, ...shapes.buffers] : own;
}

function shapesOf(shapes: BoxShapes | undefined): Pick<PredictionBatch, 'shapes'> {
  return shapes ? { shapes } : {};
}

function scoresPerBox(detections: Detections | ClassScores): number {
  return detections.form === 'detections' ? 1 : detections.numClasses;
}

function wrongForm(imageId: string | number, came: OutputForm, wanted: OutputForm): QualmError {
  return new QualmError(
    'shape-mismatch',
    `predictions: image ${JSON.stringify(imageId)} came as "${came}", the sink was made for "${wanted}"; ` +
      'give the sink the form that the head yields',
  );
}
