import type { DetectorHead, HeadSpec, ReaderContext } from '@qualm/types';
import { problemOfScores } from './raw-scores.ts';
import { createScoreReader } from './score-reader.ts';
import type { RowReader } from './scored-rows.ts';
import { selectionOf } from './selection-defaults.ts';
import { createSelector } from './selector.ts';
import { createShapeReader } from './shape-reader.ts';
import { writeOriginalBox } from './write-original-box.ts';

/** Rows of a detector: what suppression keeps of its anchors. */
export function createDetector(definition: DetectorHead, head: HeadSpec, context: ReaderContext): RowReader {
  const reader = definition.createReader(head, context);
  const select = createSelector(selectionOf(definition, head), context);
  const readScores = createScoreReader();
  const { shapes = [] } = reader;
  const readShapes = createShapeReader(definition.type, shapes);

  return {
    outputs: reader.outputs,
    shapes,
    read: (outputs, image, geometry) => {
      const anchors = reader.read(outputs, image);
      const selected = select(anchors);
      const at = (row: number): number => selected.rows[row]!;
      const anchorsOf = (first: number, count: number): Int32Array =>
        selected.rows.slice(first, first + count).map((row) => selected.anchors[row]!);
      return {
        length: selected.rows.length,
        problem:
          problemOfScores(definition, anchors.raw, selected.sound) ??
          anchors.problem ??
          selected.tally.problemOf(definition),
        score: (row) => selected.scores[at(row)]!,
        classIndex: (row) => selected.classes[at(row)]!,
        readScores: (first, count, out) => {
          const kept = anchorsOf(first, count);
          readScores(anchors, kept, out);
          const { isPeak } = anchors;
          if (!isPeak) return;
          const { numClasses } = anchors.scores;
          for (let row = 0; row < count; row++) {
            const scores = out.subarray(row * numClasses, (row + 1) * numClasses);
            keepFirst(selected.classes[at(first + row)]!, (c) => isPeak(kept[row]!, c), scores);
          }
        },
        readBox: (row, out, to) => writeOriginalBox(selected.boxes, 4 * at(row), geometry, out, to),
        ...(readShapes && {
          readShapes: (boxes) => {
            return readShapes(anchors, { anchors: [...anchorsOf(0, boxes.length / 4)], boxes, geometry });
          },
        }),
      };
    },
  };
}

/** A class that scores more here and peaks in a neighbouring cell is that cell's: here it counts
 * just less than the class that peaks here, so that class scores name the class that detections
 * name. */
function keepFirst(kept: number, isPeak: (c: number) => boolean, scores: Float32Array): void {
  const most = scores[kept]! * (1 - 2 ** -23);
  for (let c = 0; c < scores.length; c++) if (scores[c]! >= scores[kept]! && c !== kept && !isPeak(c)) scores[c] = most;
}
