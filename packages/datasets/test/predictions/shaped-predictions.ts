import { BoxShapes, ClassScores, Detections, Image, Mask } from '@qualm/types';
import type { OutputForm, Prediction, ShapeKind } from '@qualm/types';

/** All that may stand beside a box. */
export const allShapes: readonly ShapeKind[] = ['mask', 'keypoints', 'rotated_box'];

/** Shapes of the boxes of an image. */
export function shapesOf(index: number, count: number, kinds: readonly ShapeKind[]): BoxShapes {
  const size = { width: 20 + index, height: 16 };
  const rows = Array.from({ length: count }, (_, row) => ({
    mask: Mask.fromPolygons([[row, 1, 12 + row, 1, 12 + row, 9 + row, row, 9]], size),
    keypoints: Float32Array.of(index, row, 0.5, row + 0.1, 3, NaN),
    rotated_box: { cx: index, cy: row, width: 7.5, height: 3, angle: row / 8 },
  }));
  const picked = rows.map((row) => Object.fromEntries(kinds.map((kind) => [kind, row[kind]])));
  return BoxShapes.from(picked) ?? new BoxShapes({}, count);
}

/** Images with whole numbers as ids and 0 to 3 boxes, each with all shapes; each seventh is broken.
 */
export function shapedPrediction(form: OutputForm, index: number, kinds = allShapes): Prediction {
  const base = { index, image_id: index, image: Image.fromUri(`a${index}.jpg`) };
  if (index % 7 === 3) {
    return { ...base, size: null, detections: null, error: { code: 'image-invalid', message: 'broken' } };
  }
  const count = index % 4;
  const boxes = Float32Array.from({ length: 4 * count }, (_, at) => at);
  const numbers = Float32Array.from({ length: (form === 'detections' ? 1 : 2) * count }, (_, at) => 1 / (at + 1));
  const ids = Int32Array.from(numbers, (_, at) => [1, 3][at % 2]!);
  const shapes = count === 0 ? undefined : shapesOf(index, count, kinds);
  const detections =
    form === 'detections'
      ? new Detections(boxes, numbers, ids, shapes)
      : new ClassScores(boxes, numbers, ids, 2, shapes);
  return { ...base, size: { width: 20 + index, height: 16 }, detections, error: null };
}
