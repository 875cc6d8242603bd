import type { OutputForm, Label, ShapeKind } from '@qualm/types';
import { indexByValue } from '../parquet/index-by-value.ts';
import type { Leaf } from '../parquet/leaf.ts';
import { boxLevels, detectionDefined, vectorLevels } from './detection-levels.ts';
import type { Levels } from './detection-levels.ts';
import type { PredictionBatch } from './prediction-batch.ts';
import type { ImageIdType } from './prediction-schema.ts';
import { shapeLeaves } from './shape-leaves.ts';

const element = ['detections', 'list', 'element'] as const;
const edges = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

/** What the columns of all batches of a set have in common. */
interface LeafOptions {
  readonly imageIdType: ImageIdType;
  readonly labels: readonly Label[];
  readonly shapes?: readonly ShapeKind[] | undefined;
}

/** The physical columns of a batch, in the order of `predictionSchema`. */
export function predictionLeaves(
  batch: PredictionBatch,
  form: OutputForm,
  { imageIdType, labels, shapes = [] }: LeafOptions,
): Leaf[] {
  return [
    imageIdLeaf(batch, imageIdType),
    nullable(['image'], batch.uris),
    nullable(['width'], sizeColumn(batch, 0)),
    nullable(['height'], sizeColumn(batch, 1)),
    ...boxLeaves(batch),
    ...(form === 'detections' ? detectionLeaves(batch, labels) : classScoreLeaves(batch)),
    ...shapeLeaves(batch, shapes),
    ...(['code', 'message'] as const).map((field) =>
      nullable(
        ['error', field],
        batch.errors.map((error) => error?.[field] ?? null),
      ),
    ),
  ];
}

function imageIdLeaf({ imageIds }: PredictionBatch, type: ImageIdType): Leaf {
  const values = type === 'int64' ? BigInt64Array.from(imageIds, (id) => BigInt(id)) : imageIds.map(String);
  return { path: ['image_id'], values };
}

function nullable(path: readonly string[], values: readonly (string | number | null)[]): Leaf {
  return { path, values: [...values], definitionLevels: Uint8Array.from(values, (value) => (value === null ? 0 : 1)) };
}

function sizeColumn({ rows, sizes }: PredictionBatch, axis: 0 | 1): (number | null)[] {
  return Array.from({ length: rows }, (_, row) => (sizes[2 * row + axis]! < 0 ? null : sizes[2 * row + axis]!));
}

function boxLeaves(batch: PredictionBatch): Leaf[] {
  const levels = boxLevels(batch);
  return edges.map((edge, offset) => nested([...element, 'box', edge], every4th(batch.boxes, offset), levels));
}

function every4th(boxes: Float32Array, offset: number): Float32Array {
  const values = new Float32Array(boxes.length / 4);
  for (let i = 0; i < values.length; i++) values[i] = boxes[4 * i + offset]!;
  return values;
}

function detectionLeaves(batch: PredictionBatch, labels: readonly Label[]): Leaf[] {
  const levels = boxLevels(batch);
  return [
    nested([...element, 'score'], batch.scores, levels),
    integers([...element, 'label_id'], batch.labelIds, levels),
    labelLeaf(batch.labelIds, levels, labels),
  ];
}

function classScoreLeaves(batch: PredictionBatch): Leaf[] {
  const levels = vectorLevels(batch);
  return [
    nested([...element, 'scores', 'list', 'element'], batch.scores, levels),
    integers([...element, 'label_ids', 'list', 'element'], batch.labelIds, levels),
  ];
}

function nested(path: readonly string[], values: Leaf['values'], levels: Levels): Leaf {
  return { path, values, definitionLevels: levels.definition, repetitionLevels: levels.repetition };
}

function integers(path: readonly string[], values: Int32Array, levels: Levels): Leaf {
  const indexed = indexByValue(values);
  if (!indexed) return nested(path, values, levels);
  return { ...nested(path, indexed.indexes, levels), dictionary: indexed.distinct };
}

/** Names as a dictionary over the labels; an id without a name is null. */
function labelLeaf(labelIds: Int32Array, levels: Levels, labels: readonly Label[]): Leaf {
  const places = new Map(labels.map(({ id }, place) => [id, place]));
  const definition = levels.definition.slice();
  const indexes: number[] = [];
  let next = 0;
  for (let slot = 0; slot < definition.length; slot++) {
    if (definition[slot] !== detectionDefined.present) continue;
    const place = places.get(labelIds[next++]!);
    if (place === undefined) continue;
    definition[slot] = detectionDefined.presentOptional;
    indexes.push(place);
  }
  return {
    ...nested([...element, 'label'], Int32Array.from(indexes), { ...levels, definition }),
    dictionary: labels.map(({ name }) => name),
  };
}
