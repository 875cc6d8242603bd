import type { SchemaElement } from 'hyparquet';
import type { OutputForm, ShapeKind } from '@qualm/types';
import { box, list, optional, required, rootSchema, rotatedBox, struct, text } from '../parquet/schema-elements.ts';

/** How image ids are stored: a file holds one type only. */
export type ImageIdType = 'string' | 'int64';

/** The Parquet schema of predictions, one row per image. */
export function predictionSchema(
  form: OutputForm,
  imageIdType: ImageIdType,
  shapes: readonly ShapeKind[] = [],
): SchemaElement[] {
  return rootSchema([
    [imageIdType === 'int64' ? required('image_id', 'INT64') : text('image_id', 'REQUIRED')],
    [text('image', 'OPTIONAL')],
    [optional('width', 'INT32')],
    [optional('height', 'INT32')],
    list(
      'detections',
      'OPTIONAL',
      struct('element', 'REQUIRED', [...detectionFields(form), ...shapes.map((kind) => shapeFields[kind])]),
    ),
    struct('error', 'OPTIONAL', [[text('code', 'REQUIRED')], [text('message', 'REQUIRED')]]),
  ]);
}

function detectionFields(form: OutputForm): SchemaElement[][] {
  return form === 'detections'
    ? [
        box('box', 'REQUIRED'),
        [required('score', 'FLOAT')],
        [required('label_id', 'INT32')],
        [text('label', 'OPTIONAL')],
      ]
    : [
        box('box', 'REQUIRED'),
        list('scores', 'REQUIRED', [required('element', 'FLOAT')]),
        list('label_ids', 'REQUIRED', [required('element', 'INT32')]),
      ];
}

/** Masks as COCO's compressed RLE, whose size is that of the image. */
const shapeFields: Readonly<Record<ShapeKind, SchemaElement[]>> = {
  mask: [text('mask', 'REQUIRED')],
  keypoints: list('keypoints', 'REQUIRED', [required('element', 'FLOAT')]),
  rotated_box: rotatedBox('rotated_box', 'REQUIRED'),
};
