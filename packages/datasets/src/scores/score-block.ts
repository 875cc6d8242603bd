import { QualmError } from '@qualm/types';
import type { Label, Prediction } from '@qualm/types';
import type { BlockBuilder } from '../blocks/block-file.ts';
import type { ImageRow } from '../blocks/image-rows.ts';
import { growableFloat32 } from '../predictions/growable-array.ts';
import { createImageIdCheck } from '../predictions/image-id-type.ts';
import type { ImageIdType } from '../predictions/prediction-schema.ts';

/** An image, and how many of the boxes of its block are its own. */
export interface ScoredImage extends ImageRow {
  readonly boxes: number;
}

/** Consecutive images, and their boxes one after the other. */
export interface ScoreBlock {
  /** How all ids of the file are stored; the first one decides. */
  readonly imageIdType: ImageIdType;
  readonly images: readonly ScoredImage[];
  /** [n, 4] xyxy pixels. */
  readonly boxes: Float32Array<ArrayBuffer>;
  /** [n, labels], in the order of the labels. */
  readonly scores: Float32Array<ArrayBuffer>;
}

/** Gathers predictions into blocks. Its `add` throws QualmError `shape-mismatch` for a box that
 * does not have one score for each label, `dataset-invalid` for a text among ids that are whole
 * numbers.
 */
export function createScoreBlockBuilder(labels: readonly Label[]): BlockBuilder<Prediction, ScoreBlock> {
  const columns = new Map(labels.map(({ id }, column) => [id, column]));
  const boxes = growableFloat32();
  const scores = growableFloat32();
  let imageIdType: ImageIdType | null = null;
  let images: ScoredImage[] = [];
  let row = new Float32Array(0);
  return {
    get bytes() {
      return 4 * scores.length;
    },
    add({ image_id, image, detections, error }) {
      if (detections && (detections.form !== 'class_scores' || detections.numClasses !== labels.length))
        throw notWhole(image_id, detections.form, detections.numClasses, labels.length);
      imageIdType ??= createImageIdCheck(null)(image_id);
      createImageIdCheck(imageIdType)(image_id);
      images.push({ image_id, uri: image.uri, boxes: detections?.length ?? 0, error: error && { ...error } });
      if (!detections) return;
      if (row.length < detections.scores.length) row = new Float32Array(detections.scores.length);
      for (let at = 0; at < detections.scores.length; at++) {
        const column = columns.get(detections.labelIds[at]!);
        if (column === undefined) throw unknownLabel(image_id, detections.labelIds[at]!);
        row[at - (at % labels.length) + column] = detections.scores[at]!;
      }
      boxes.append(detections.boxes);
      scores.append(row.subarray(0, detections.scores.length));
    },
    take() {
      const taken = { imageIdType: imageIdType ?? 'string', images, boxes: boxes.take(), scores: scores.take() };
      images = [];
      return taken;
    },
  };
}

function notWhole(id: string | number, form: string, came: number, wanted: number): QualmError {
  const scores = form === 'class_scores' ? `${came} scores a box` : 'the best score of each box alone';
  return new QualmError(
    'shape-mismatch',
    `scores: image ${JSON.stringify(id)} has ${scores}, expected ${wanted}, one for each label; ` +
      'predict in the form class_scores, without topK',
  );
}

function unknownLabel(id: string | number, labelId: number): QualmError {
  return new QualmError(
    'shape-mismatch',
    `scores: image ${JSON.stringify(id)} has a score of label ${labelId}, which is not among the labels; ` +
      "give the sink the model's labels",
  );
}
