import { Box2d, ClassScores, Detections } from '@qualm/types';
import type { PredictionShard } from '@qualm/datasets';
import { withNames } from './named-boxes.ts';
import type { FoundBoxes, NamedBoxes } from './named-boxes.ts';

/** What lists say of the classes of a box: a row of a file, so with names of classes and
 * underscores.
 */
export interface ListedClasses {
  readonly label: string | null;
  readonly score: number | null;
  /** Absent where boxes have one score. */
  readonly second_label?: string | null;
  readonly second_score?: number | null;
}

/** Reads some boxes of a shard; a box is named by its row, its place among all boxes of the shard.
 */
export interface BoxReader {
  /** The two best classes. */
  classesOf(row: number): ListedClasses;
  boxOf(row: number): Box2d;
  /** The name of its best class, or the class's id where it has no name. */
  nameOf(row: number): string;
  /** The same of any class; it holds nothing of the shard. */
  readonly labelName: (labelId: number) => string;
  /** Boxes with their best classes, copied. */
  bestOf(rows: Uint32Array): Detections & NamedBoxes;
  /** Boxes of one image with all that is stored of them, copied: with what stands beside them, and
   * with their classes.
   * @param first the row of the first box that is stored of the image
   * @param most classes of each box, the best ones; all of them when absent
   */
  foundOf(rows: Uint32Array, first: number, most?: number): FoundBoxes;
}

/** Apart from the reader, whose shard whoever keeps a name would hold with it. */
function namesOrIds(names: ReadonlyMap<number, string>): (labelId: number) => string {
  return (labelId) => names.get(labelId) ?? String(labelId);
}

export function createBoxReader({ boxes: stored, form, labels }: PredictionShard): BoxReader {
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  const { numClasses, labelIdAt } = stored;
  const hasAllScores = form === 'class_scores';
  const nameOrId = namesOrIds(names);
  // Of all labels only those are decoded that are listed.
  const listedClass = (row: number, place: number): ListedClasses => {
    if (place >= numClasses) return { label: null, score: null };
    const cell = row * numClasses + place;
    return { label: names.get(labelIdAt(cell)) ?? null, score: stored.scores[cell]! };
  };
  /** The first `width` classes of each box. */
  const copyOf = (rows: Uint32Array, width: number): [Float32Array, Float32Array, Int32Array] => {
    const boxes = new Float32Array(4 * rows.length);
    const scores = new Float32Array(width * rows.length);
    const labelIds = new Int32Array(width * rows.length);
    rows.forEach((row, at) => {
      const cell = row * numClasses;
      boxes.set(stored.boxAt(row), 4 * at);
      scores.set(stored.scores.subarray(cell, cell + width), width * at);
      for (let place = 0; place < width; place++) labelIds[width * at + place] = labelIdAt(cell + place);
    });
    return [boxes, scores, labelIds];
  };
  return {
    labelName: nameOrId,
    nameOf: (row) => nameOrId(labelIdAt(row * numClasses)),
    boxOf: (row) => new Box2d(...stored.boxAt(row)),
    classesOf(row) {
      const { label, score } = listedClass(row, 0);
      if (!hasAllScores) return { label, score };
      const second = listedClass(row, 1);
      return { label, score, second_label: second.label, second_score: second.score };
    },
    bestOf: (rows) => withNames(new Detections(...copyOf(rows, 1)), nameOrId),
    foundOf(rows, first, most = numClasses) {
      const width = Math.max(1, Math.min(most, numClasses));
      const arrays = copyOf(rows, width);
      const shapes = stored.shapes?.gather(rows);
      const found = hasAllScores ? new ClassScores(...arrays, width, shapes) : new Detections(...arrays, shapes);
      return Object.assign(withNames(found, nameOrId), { places: Int32Array.from(rows, (row) => row - first) });
    },
  };
}
