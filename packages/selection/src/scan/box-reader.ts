import { Box2d } from '@qualm/types';
import type { PredictionShard } from '@qualm/datasets';

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

export function createBoxReader({ boxes: stored, form, labels }: PredictionShard): BoxReader {
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  const { numClasses, labelIdAt } = stored;
  const hasAllScores = form === 'class_scores';
  const nameOf = (labelId: number): string | null => names.get(labelId) ?? null;
  // Of all labels only those are decoded that are listed.
  const listedClass = (row: number, place: number): ListedClasses => {
    if (place >= numClasses) return { label: null, score: null };
    const cell = row * numClasses + place;
    return { label: nameOf(labelIdAt(cell)), score: stored.scores[cell]! };
  };
  return {
    nameOf,
    hasAllScores,
    boxOf: (row) => new Box2d(...stored.boxAt(row)),
    scoresOf: (row) => stored.scores.subarray(row * numClasses, (row + 1) * numClasses),
    labelIdsOf: (row) => Int32Array.from({ length: numClasses }, (_, place) => labelIdAt(row * numClasses + place)),
    classesOf(row) {
      const { label, score } = listedClass(row, 0);
      if (!hasAllScores) return { label, score };
      const second = listedClass(row, 1);
      return { label, score, second_label: second.label, second_score: second.score };
    },
  };
}
