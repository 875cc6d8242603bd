import type { BoxReader } from './box-reader.ts';
import type { DrawnBox } from './drawn-box.ts';
import type { ScoredShard } from './scored-shard.ts';

/** A box of a stored prediction, with all that is stored of it. */
export interface FoundBox extends DrawnBox {
  /** The name of its best class, or the class's id where it has no name; null where it has no class. */
  readonly label: string | null;
  readonly score: number;
  /** The second best class; null where one score is stored. */
  readonly second: string | null;
  readonly secondScore: number | null;
  /** Which of the boxes that are stored of its image it is, from 0. */
  readonly place: number;
  /** [classes], largest first: the scores of all classes, or of the best one where no other is stored. */
  readonly scores: Float32Array;
  /** [classes]: the label of each score. */
  readonly labelIds: Int32Array;
  /** Whether the scores of all classes are stored. */
  readonly hasAllScores: boolean;
}

/** Box `row` of a shard, as values of its own: nothing of the shard stays in memory.
 * @param place which of its image's boxes it is.
 */
export function foundBox(reader: BoxReader, row: number, place: number): FoundBox {
  const scores = reader.scoresOf(row).slice();
  const labelIds = reader.labelIdsOf(row);
  const named = (at: number): string | null => {
    const id = labelIds[at];
    return id === undefined ? null : (reader.nameOf(id) ?? String(id));
  };
  return {
    ...{ box: reader.boxOf(row), label: named(0), score: scores[0] ?? 0 },
    ...{ second: named(1), secondScore: scores[1] ?? null, place, scores, labelIds },
    hasAllScores: reader.hasAllScores,
  };
}

/** The boxes of an image that count. */
export function foundBoxes(
  { table: { boxes }, offsets, rows }: Pick<ScoredShard, 'table' | 'offsets' | 'rows'>,
  image: number,
  reader: BoxReader,
): FoundBox[] {
  const first = boxes.offsets[image]!;
  return Array.from(rows.subarray(offsets[image], offsets[image + 1]), (row) => foundBox(reader, row, row - first));
}
