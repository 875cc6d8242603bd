import { BoxShapes, ClassScores, Detections } from '@qualm/types';
import type { Detection, ScoredBox } from '@qualm/types';

/** Objects with `box` and `score`, or `box` and `scores`, as flat arrays; null for none, whose form
 * nobody can tell.
 * @throws RangeError when the objects have vectors of different lengths, or one has a mask, key
 * points or a turned box that another lacks.
 */
export function detectionsFromArray(
  rows: readonly Detection[] | readonly ScoredBox[],
): Detections | ClassScores | null {
  if (rows.length === 0) return null;
  const boxes = Float32Array.from(rows.flatMap(({ box }) => [box.xmin, box.ymin, box.xmax, box.ymax]));
  if ('score' in rows[0]!) {
    const found = rows as readonly Detection[];
    const scores = Float32Array.from(found, ({ score }) => score);
    return new Detections(
      boxes,
      scores,
      Int32Array.from(found, ({ label_id: id }) => id),
      BoxShapes.from(found),
    );
  }
  const scored = rows as readonly ScoredBox[];
  const scores = Float32Array.from(scored.flatMap((row) => [...row.scores]));
  const labelIds = Int32Array.from(scored.flatMap((row) => [...row.label_ids]));
  return new ClassScores(boxes, scores, labelIds, scored[0]!.scores.length, BoxShapes.from(scored));
}
