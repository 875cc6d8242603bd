import { BoxShapes, QualmError } from '@qualm/types';
import type { ClassScoresColumnArrays } from '@qualm/types';
import { lazyFields } from './lazy-fields.ts';
import type { BoxEdges, PredictionRows } from './read-row-group.ts';
import type { PredictionSetInfo } from './shard-metadata.ts';

/** The boxes of predictions as flat columns, image by image; of detections `numClasses` is 1. A
 * column is decoded when it is first read.
 */
export interface StoredBoxes extends ClassScoresColumnArrays {
  /** Boxes of all images. */
  readonly length: number;
  /** What stands beside each of them. */
  readonly shapes?: BoxShapes | undefined;
  /** The four numbers of one box, without decoding the others. */
  readonly boxAt: (row: number) => BoxEdges;
  /** The label id at a place in `labelIds`, without decoding the others. */
  readonly labelIdAt: (place: number) => number;
}

export function storedBoxes(
  { form, labels }: Pick<PredictionSetInfo, 'form' | 'labels'>,
  groups: readonly PredictionRows[],
): StoredBoxes {
  const boxes: StoredBoxes = lazyFields<StoredBoxes>({
    length: () => boxes.offsets.at(-1)!,
    offsets: () => rowOffsets(groups),
    valid: () => Uint8Array.from(groups.flatMap(({ counts }) => counts.map((count) => (count < 0 ? 0 : 1)))),
    numClasses: () => numClassesOf(groups) || (form === 'detections' ? 1 : Math.max(1, labels.length)),
    boxes: () => concat(Float32Array, groups, ({ boxes }) => boxes),
    boxAt: () => (groups.length === 1 ? groups[0]!.boxAt : (row) => edgesOf(boxes.boxes, row)),
    scores: () => concat(Float32Array, groups, ({ scores }) => scores),
    labelIds: () => concat(Int32Array, groups, ({ labelIds }) => labelIds),
    shapes: () => shapesOf(groups),
    labelIdAt: () => (groups.length === 1 ? groups[0]!.labelIdAt : (place) => boxes.labelIds[place]!),
  });
  return boxes;
}

function shapesOf(groups: readonly PredictionRows[]): BoxShapes | undefined {
  if (groups.length === 1) return groups[0]!.shapes;
  return BoxShapes.join(groups.flatMap(({ shapes }) => (shapes ? [{ length: shapes.length, shapes }] : [])));
}

function edgesOf(boxes: Float32Array, row: number): BoxEdges {
  return [boxes[4 * row]!, boxes[4 * row + 1]!, boxes[4 * row + 2]!, boxes[4 * row + 3]!];
}

/** Scores of each box, 0 where no group has a box. */
function numClassesOf(groups: readonly PredictionRows[]): number {
  const found = new Set(groups.map(({ numClasses }) => numClasses));
  found.delete(0);
  if (found.size < 2) return [...found][0] ?? 0;
  const lengths = [...found].join(' and ');
  throw new QualmError(
    'dataset-invalid',
    `readPredictions: boxes have vectors of scores of several lengths, ${lengths}; give a folder that createParquetSink wrote`,
  );
}

function rowOffsets(groups: readonly PredictionRows[]): Uint32Array {
  const offsets = new Uint32Array(groups.reduce((sum, { length }) => sum + length, 1));
  let row = 0;
  for (const { counts } of groups) {
    for (const count of counts) {
      offsets[row + 1] = offsets[row]! + Math.max(0, count);
      row++;
    }
  }
  return offsets;
}

function concat<T extends Float32Array | Int32Array>(
  Storage: new (length: number) => T,
  groups: readonly PredictionRows[],
  columnOf: (group: PredictionRows) => T,
): T {
  const parts = groups.map(columnOf);
  if (parts.length === 1) return parts[0]!;
  const all = new Storage(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
