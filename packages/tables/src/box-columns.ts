import { Box2d, DetectionsColumn } from '@qualm/types';
import type { ClassScoresColumn, Column, Label, ScoresColumn } from '@qualm/types';
import { lazyColumn } from './lazy-column.ts';

type Columns = Readonly<Record<string, Column<unknown>>>;
type NameOf = (id: number) => string | null;

/** The columns that one row for each box has, over the arrays of `column`. */
export function boxColumns(
  column: DetectionsColumn | ClassScoresColumn,
  labels: readonly Label[] | undefined,
): Columns {
  const { boxes } = column;
  const box = lazyColumn(boxes.length / 4, (row) => boxAt(boxes, row));
  const name = labels && labelNames(labels);
  const ofClasses = column instanceof DetectionsColumn ? foundColumns(column, name) : scoredColumns(column, name);
  return { box, ...ofClasses, ...shapeColumns(column) };
}

/** What stands beside boxes, under the names that rows of detections have. */
function shapeColumns({ shapes }: DetectionsColumn | ClassScoresColumn): Columns {
  if (!shapes) return {};
  return Object.fromEntries(
    shapes.kinds.map((kind) => [kind, lazyColumn(shapes.length, (row) => shapes.at(row)[kind])]),
  );
}

function foundColumns({ scores, labelIds }: DetectionsColumn, name: NameOf | undefined): Columns {
  const label = name && { label: lazyColumn(labelIds.length, (row) => name(labelIds[row]!)) };
  return { score: scores, label_id: labelIds, ...label };
}

/** The vectors, and what comes first and second in them: a group-by then needs no function for each
 * row.
 */
function scoredColumns(column: ClassScoresColumn, name: NameOf | undefined): Columns {
  const { scores, labelIds, numClasses, boxes } = column;
  const numBoxes = boxes.length / 4;
  const idsAt = (row: number): Int32Array => labelIds.subarray(row * numClasses, (row + 1) * numClasses);
  return {
    scores: scoresColumn(scores, numClasses),
    label_ids: lazyColumn(numBoxes, idsAt),
    ...(name && { labels: lazyColumn(numBoxes, (row) => Array.from(idsAt(row), name)) }),
    ...placeColumns(column, 0, '', name),
    ...placeColumns(column, 1, 'second_', name),
  };
}

/** Score, label id and label of one place of each vector; null where there are fewer classes. */
function placeColumns(column: ClassScoresColumn, place: number, prefix: string, name: NameOf | undefined): Columns {
  const { scores, labelIds, numClasses, boxes } = column;
  const at = <T>(read: (cell: number) => T): Column<T | null> =>
    lazyColumn(boxes.length / 4, place < numClasses ? (row) => read(row * numClasses + place) : () => null);
  return {
    [`${prefix}score`]: at((cell) => scores[cell]!),
    [`${prefix}label_id`]: at((cell) => labelIds[cell]!),
    ...(name && { [`${prefix}label`]: at((cell) => name(labelIds[cell]!)) }),
  };
}

function scoresColumn(matrix: Float32Array, numClasses: number): ScoresColumn {
  const length = numClasses === 0 ? 0 : matrix.length / numClasses;
  const rows = lazyColumn(length, (row) => matrix.subarray(row * numClasses, (row + 1) * numClasses));
  return { ...rows, matrix, numClasses };
}

function labelNames(labels: readonly Label[]): NameOf {
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? null;
}

function boxAt(boxes: Float32Array, row: number): Box2d {
  return new Box2d(boxes[4 * row]!, boxes[4 * row + 1]!, boxes[4 * row + 2]!, boxes[4 * row + 3]!);
}
