import { MaskColumn } from '@qualm/types';
import type { KeypointArrays, MaskArrays, ShapeKind } from '@qualm/types';
import type { Leaf } from '../parquet/leaf.ts';
import { boxLevels, vectorLevels } from './detection-levels.ts';
import type { PredictionBatch } from './prediction-batch.ts';

const element = ['detections', 'list', 'element'] as const;

/** The parts of a turned box, in the order of `BoxShapes.rotatedBoxes` and of the schema. */
export const rotatedBoxParts = ['cx', 'cy', 'width', 'height', 'angle'] as const;

/** The columns of what stands beside boxes, in the order of the schema. A batch without a box has
 * them too, empty.
 */
export function shapeLeaves(batch: PredictionBatch, kinds: readonly ShapeKind[]): Leaf[] {
  const { masks, keypoints, rotatedBoxes } = batch.shapes ?? {};
  const made: Readonly<Record<ShapeKind, () => Leaf[]>> = {
    mask: () => [maskLeaf(batch, masks)],
    keypoints: () => [keypointLeaf(batch, keypoints)],
    rotated_box: () => rotatedBoxLeaves(batch, rotatedBoxes ?? new Float32Array()),
  };
  return kinds.flatMap((kind) => made[kind]());
}

function maskLeaf(batch: PredictionBatch, masks: MaskArrays | undefined): Leaf {
  const column = masks && new MaskColumn(masks);
  const values = Array.from({ length: column?.length ?? 0 }, (_, row) => column!.textAt(row));
  return leaf([...element, 'mask'], values, boxLevels(batch));
}

function keypointLeaf(batch: PredictionBatch, keypoints: KeypointArrays | undefined): Leaf {
  const { values, numPoints } = keypoints ?? { values: new Float32Array(), numPoints: 0 };
  const widths = batch.widths.map(() => 3 * numPoints);
  return leaf([...element, 'keypoints', 'list', 'element'], values, vectorLevels({ ...batch, widths }));
}

function rotatedBoxLeaves(batch: PredictionBatch, boxes: Float32Array): Leaf[] {
  const levels = boxLevels(batch);
  return rotatedBoxParts.map((part, offset) => {
    const values = Float32Array.from({ length: boxes.length / 5 }, (_, row) => boxes[5 * row + offset]!);
    return leaf([...element, 'rotated_box', part], values, levels);
  });
}

function leaf(path: readonly string[], values: Leaf['values'], levels: ReturnType<typeof boxLevels>): Leaf {
  return { path, values, definitionLevels: levels.definition, repetitionLevels: levels.repetition };
}
