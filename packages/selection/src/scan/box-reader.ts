import { Box2d, ClassScoresColumn } from '@qualm/types';
import type { PredictionTable } from '@qualm/datasets';

/** What lists say of the classes of a box: a row of a file, so with names of classes and underscores. */
export interface ListedClasses {
  readonly label: string | null;
  readonly score: number | null;
  /** Absent where boxes have one score. */
  readonly second_label?: string | null;
  readonly second_score?: number | null;
}

/** Reads single boxes of a shard; a box is named by its row, its place among all boxes of the shard. */
export interface BoxReader {
  /** The two best classes. */
  classesOf(row: number): ListedClasses;
  boxOf(row: number): Box2d;
  /** [classes], largest first: the scores of all classes, or of the best one where no other is stored. */
  scoresOf(row: number): Float32Array;
  /** [classes]: the label of each score. */
  labelIdsOf(row: number): Int32Array;
  nameOf(labelId: number): string | null;
  /** Whether the scores of all classes are stored. */
  readonly hasAllScores: boolean;
}

export function createBoxReader({ columns: { detections }, labels }: PredictionTable): BoxReader {
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  const { boxes, scores, labelIds } = detections;
  const hasAllScores = detections instanceof ClassScoresColumn;
  const numClasses = hasAllScores ? detections.numClasses : 1;
  const { all } = detections;
  const nameOf = (labelId: number): string | null => names.get(labelId) ?? null;
  return {
    nameOf,
    hasAllScores,
    boxOf: (row) => new Box2d(boxes[4 * row]!, boxes[4 * row + 1]!, boxes[4 * row + 2]!, boxes[4 * row + 3]!),
    scoresOf: (row) => scores.subarray(row * numClasses, (row + 1) * numClasses),
    labelIdsOf: (row) => labelIds.subarray(row * numClasses, (row + 1) * numClasses),
    classesOf(row) {
      const [best, second] = [all.best(row), all.runnerUp(row)];
      const listed = { label: best && nameOf(best.label_id), score: best && best.score };
      if (!hasAllScores) return listed;
      return { ...listed, second_label: second && nameOf(second.label_id), second_score: second && second.score };
    },
  };
}
