import { Box2d, DetectionsColumn } from '@qualm/types';
import type { ClassScoresColumn, Column, Label, ScoresColumn } from '@qualm/types';
import { lazyColumn } from './lazy-column.ts';

/** The columns that one row for each box has, over the arrays of `column`. */
export function boxColumns(
  column: DetectionsColumn | ClassScoresColumn,
  labels: readonly Label[] | undefined,
): Record<string, Column<unknown>> {
  const { boxes, scores, labelIds } = column;
  const numBoxes = boxes.length / 4;
  const box = lazyColumn(numBoxes, (row) => boxAt(boxes, row));
  const name = labels && labelNames(labels);
  if (column instanceof DetectionsColumn) {
    const label = name && { label: lazyColumn(numBoxes, (row) => name(labelIds[row]!)) };
    return { box, score: scores, label_id: labelIds, ...label };
  }
  const { numClasses } = column;
  const idsAt = (row: number): Int32Array => labelIds.subarray(row * numClasses, (row + 1) * numClasses);
  const names = name && { labels: lazyColumn(numBoxes, (row) => Array.from(idsAt(row), name)) };
  return { box, scores: scoresColumn(scores, numClasses), label_ids: lazyColumn(numBoxes, idsAt), ...names };
}

function scoresColumn(matrix: Float32Array, numClasses: number): ScoresColumn {
  const length = numClasses === 0 ? 0 : matrix.length / numClasses;
  const rows = lazyColumn(length, (row) => matrix.subarray(row * numClasses, (row + 1) * numClasses));
  return { ...rows, matrix, numClasses };
}

function labelNames(labels: readonly Label[]): (id: number) => string | null {
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? null;
}

function boxAt(boxes: Float32Array, row: number): Box2d {
  return new Box2d(boxes[4 * row]!, boxes[4 * row + 1]!, boxes[4 * row + 2]!, boxes[4 * row + 3]!);
}
