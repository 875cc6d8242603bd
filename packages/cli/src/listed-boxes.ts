import { Box2d, ClassScoresColumn } from '@qualm/types';
import type { PredictionTable } from '@qualm/datasets';

/** What lists say of the classes of a box. */
export interface ListedClasses {
  readonly label: string | null;
  readonly score: number | null;
  /** Absent where boxes have one score. */
  readonly second_label?: string | null;
  readonly second_score?: number | null;
}

/** Reads what lists say of single boxes of a shard. */
export interface BoxReader {
  /** @param row of the box among all boxes of the shard. */
  classesOf(row: number): ListedClasses;
  boxOf(row: number): Box2d;
}

export function createBoxReader({ columns: { detections }, labels }: PredictionTable): BoxReader {
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  const { boxes, scores, labelIds } = detections;
  const numClasses = detections instanceof ClassScoresColumn ? detections.numClasses : 1;
  const nameAt = (cell: number): string | null => names.get(labelIds[cell]!) ?? null;
  return {
    boxOf: (row) => new Box2d(boxes[4 * row]!, boxes[4 * row + 1]!, boxes[4 * row + 2]!, boxes[4 * row + 3]!),
    classesOf(row) {
      const first = row * numClasses;
      const best = numClasses === 0 ? noClass : { label: nameAt(first), score: scores[first]! };
      if (!(detections instanceof ClassScoresColumn)) return best;
      const second = numClasses < 2 ? noClass : { label: nameAt(first + 1), score: scores[first + 1]! };
      return { ...best, second_label: second.label, second_score: second.score };
    },
  };
}

const noClass = { label: null, score: null };
