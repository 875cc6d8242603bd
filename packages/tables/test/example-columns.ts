import { ClassScores, ClassScoresColumn, Detections, DetectionsColumn } from '@qualm/types';

/** Three images: two boxes, none, and one that could not be read. */
export const detections: DetectionsColumn = DetectionsColumn.from([
  new Detections(Float32Array.of(0, 0, 10, 10, 5, 5, 20, 25), Float32Array.of(0.9, 0.25), Int32Array.of(1, 3)),
  new Detections(new Float32Array(0), new Float32Array(0), new Int32Array(0)),
  null,
  new Detections(Float32Array.of(1, 2, 3, 4), Float32Array.of(0.5), Int32Array.of(7)),
]);

/** The same boxes with two class scores each. */
export const classScores: ClassScoresColumn = ClassScoresColumn.from([
  new ClassScores(
    Float32Array.of(0, 0, 10, 10, 5, 5, 20, 25),
    Float32Array.of(0.5, 0.25, 0.5, 0.5),
    Int32Array.of(1, 3, 3, 1),
    2,
  ),
  new ClassScores(new Float32Array(0), new Float32Array(0), new Int32Array(0), 2),
  null,
  new ClassScores(Float32Array.of(1, 2, 3, 4), Float32Array.of(1, 0), Int32Array.of(3, 1), 2),
]);

export const labels = [
  { id: 1, name: 'person' },
  { id: 3, name: 'car' },
];
