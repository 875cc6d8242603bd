import type { ClassifierHead, ReaderContext, HeadSpec, OutputProblem } from '@qualm/types';
import { problemOfScores } from './raw-scores.ts';
import type { RowReader } from './scored-rows.ts';

/** Rows of a classifier: one for each image, whose box is the whole image. An image whose scores
 * are all NaN has no row.
 */
export function createWholeImage(definition: ClassifierHead, head: HeadSpec, context: ReaderContext): RowReader {
  const reader = definition.createReader(head, context);

  return {
    outputs: reader.outputs,
    shapes: [],
    read: (outputs, image, { original }) => {
      const { scores, raw } = reader.read(outputs, image);
      const problem = problemOfScores(definition, raw);
      const best = bestClass(scores);
      const nothing: OutputProblem = {
        message: `head ${definition.type}: output "${raw[0]?.output}" has no class that can be`,
        isFatal: true,
        isOfSpec: false,
      };
      return {
        length: best < 0 ? 0 : 1,
        problem: best < 0 ? { ...(problem ?? nothing), isFatal: true } : problem,
        score: () => scores[best]!,
        classIndex: () => best,
        readScores: (_first, _count, out) => out.set(scores),
        readBox: (_row, out, at) => out.set([0, 0, original.width, original.height], at),
      };
    },
  };
}

function bestClass(scores: Float32Array): number {
  let best = -1;
  for (let c = 0; c < scores.length; c++) {
    if (scores[c]! > (best < 0 ? -Infinity : scores[best]!)) best = c;
  }
  return best;
}
