import type { Anchors, DetectorHead, HeadSpec, OutputProblem, ReaderContext } from '@qualm/types';
import { problemOfScores } from './raw-scores.ts';
import type { RowReader } from './scored-rows.ts';
import { selectionOf } from './selection-defaults.ts';
import { createSelector } from './selector.ts';
import type { Selected } from './selector.ts';
import { writeOriginalBox } from './write-original-box.ts';

/** Rows of a detector: what suppression keeps of its anchors. */
export function createDetector(definition: DetectorHead, head: HeadSpec, context: ReaderContext): RowReader {
  const reader = definition.createReader(head, context);
  const select = createSelector(selectionOf(definition, head), context.numLabels);

  return {
    outputs: reader.outputs,
    read: (outputs, image, geometry) => {
      const anchors = reader.read(outputs, image);
      const selected = select(anchors);
      const at = (row: number): number => selected.rows[row]!;
      return {
        length: selected.rows.length,
        problem: problemOf(definition, anchors, selected),
        score: (row) => selected.scores[at(row)]!,
        classIndex: (row) => selected.classes[at(row)]!,
        readScores: (row, out) => {
          const anchor = selected.anchors[at(row)]!;
          readScores(anchors, anchor, out);
          if (anchors.isPeak) keepFirst(selected.classes[at(row)]!, (c) => anchors.isPeak!(anchor, c), out);
        },
        readBox: (row, out, to) => writeOriginalBox(selected.boxes, 4 * at(row), geometry, out, to),
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

function problemOf(head: DetectorHead, { raw }: Anchors, { read, unusable }: Selected): OutputProblem | null {
  const problem = problemOfScores(head, raw);
  if (problem || unusable === 0) return problem;
  const message = `head ${head.type}: boxes have NaN or infinite corners, ${unusable} of ${read}; they are left out`;
  return { message, isFatal: unusable === read, isOfSpec: false };
}

function readScores({ scores, activation }: Anchors, anchor: number, out: Float32Array): void {
  const from = scores.offset + anchor * scores.anchorStride;
  for (let c = 0; c < scores.numClasses; c++) {
    out[c] = activation.score(anchor, scores.data[from + c * scores.classStride]!);
  }
}
