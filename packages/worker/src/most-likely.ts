import { BoxShapes, ClassScores, Detections } from '@qualm/types';

/** The `count` best classes of each box, or of plain detections the boxes whose class scores best,
 * in the order in which they stood; the value itself where there are no more.
 */
export function mostLikely(detections: Detections | ClassScores, count: number | undefined): Detections | ClassScores {
  if (count === undefined) return detections;
  return detections.form === 'detections' ? bestBoxes(detections, count) : bestClasses(detections, count);
}

/** Classes are sorted. */
function bestClasses(all: ClassScores, count: number): ClassScores {
  const { boxes, numClasses, length, shapes } = all;
  if (count >= numClasses) return all;
  const scores = new Float32Array(length * count);
  const labelIds = new Int32Array(length * count);
  for (let row = 0; row < length; row++) {
    const from = row * numClasses;
    scores.set(all.scores.subarray(from, from + count), row * count);
    labelIds.set(all.labelIds.subarray(from, from + count), row * count);
  }
  return new ClassScores(boxes, scores, labelIds, count, shapes);
}

function bestBoxes(all: Detections, count: number): Detections {
  const { boxes, scores, labelIds, length } = all;
  if (count >= length) return all;
  const byScore = Array.from({ length }, (_, row) => row).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const rows = byScore.slice(0, count).sort((a, b) => a - b);
  return new Detections(
    Float32Array.from(rows.flatMap((row) => Array.from(boxes.subarray(4 * row, 4 * row + 4)))),
    Float32Array.from(rows, (row) => scores[row]!),
    Int32Array.from(rows, (row) => labelIds[row]!),
    all.shapes && BoxShapes.from(rows.map((row) => all.at(row)!)),
  );
}
