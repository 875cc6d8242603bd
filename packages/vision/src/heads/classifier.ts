import type { ClassifierHeadSpec } from '@qualm/types';
import { softmax } from '../softmax.ts';
import { logistic } from './activation.ts';
import { assertLabels, readOutput } from './read-output.ts';
import { problemOfScores } from './raw-scores.ts';
import type { RowReader } from './scored-rows.ts';

/** Reads [n, classes] (or [n, classes, 1, 1]): one row for each image, whose box is the whole image. An image whose
 * scores are all NaN has no row.
 */
export function createClassifier(head: ClassifierHeadSpec, numLabels: number): RowReader {
  const name = head.outputs.scores;
  const scores = new Float32Array(numLabels);

  return {
    outputs: [name],
    read: (outputs, image, { original }) => {
      const wanted = outputs[name]?.shape.length === 4 ? ['n', 'classes', 1, 1] : ['n', 'classes'];
      const { data, offset, shape } = readOutput('classifier', outputs, name, image, wanted);
      assertLabels('classifier', name, shape, shape[1]!, numLabels);
      const matrix = { data, offset, numAnchors: numLabels, numClasses: 1, anchorStride: 1, classStride: 1 };
      const raw = { output: name, matrix, wanted: head.activation === 'none' ? 'scores' : 'logits' } as const;
      const problem = problemOfScores(head, raw);
      scores.set(data.subarray(offset, offset + numLabels));
      activate(head.activation, scores);
      const best = bestClass(scores);
      const nothing = {
        message: `head classifier: output "${name}" has no class that can be`,
        isFatal: true,
        isOfSpec: false,
      };
      return {
        length: best < 0 ? 0 : 1,
        problem: best < 0 ? { ...(problem ?? nothing), isFatal: true } : problem,
        score: () => scores[best]!,
        classIndex: () => best,
        readScores: (_row, out) => out.set(scores),
        readBox: (_row, out, at) => out.set([0, 0, original.width, original.height], at),
      };
    },
  };
}

function activate(activation: ClassifierHeadSpec['activation'], scores: Float32Array): void {
  if (activation === 'softmax') softmax(scores, scores.length, scores);
  if (activation === 'sigmoid') scores.forEach((raw, c) => (scores[c] = logistic(raw)));
}

function bestClass(scores: Float32Array): number {
  let best = -1;
  for (let c = 0; c < scores.length; c++) {
    if (scores[c]! > (best < 0 ? -Infinity : scores[best]!)) best = c;
  }
  return best;
}
