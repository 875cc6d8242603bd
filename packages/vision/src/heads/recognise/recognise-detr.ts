import type { OutputFacts } from '@qualm/types';
import type { DetrHeadSpec } from '../detr.ts';
import { pairOf } from './recognise-pair.ts';
import { areWithin, columnsOf } from './values.ts';

/** Detectors with a grid have thousands of anchors; queries are some hundred. */
const mostQueries = 1000;

/** Boxes [n, queries, 4] from 0 to 1, logits [n, queries, classes (+ 1)]. */
export function recogniseDetr(facts: OutputFacts): { readonly head: DetrHeadSpec; readonly numLabels: number }[] {
  const pair = pairOf(facts);
  if (!pair || pair.boxes.shape[1]! > mostQueries) return [];
  const { boxes, scores } = pair;
  const columns = scores.shape[2]!;
  // Those of DETR and its kin leave their sigmoid or softmax to whoever reads them.
  if (!areWithin(columnsOf(boxes), -0.01, 1.01) || areWithin(columnsOf(scores), -0.01, 1.01)) return [];
  const outputs = { boxes: boxes.name, logits: scores.name };
  return (['none', 'last'] as const).flatMap((noObject) => {
    const numLabels = columns - (noObject === 'last' ? 1 : 0);
    if (numLabels < 1 || (facts.numLabels !== null && facts.numLabels !== numLabels)) return [];
    const activations = noObject === 'last' ? (['sigmoid', 'softmax'] as const) : (['sigmoid'] as const);
    return activations.map((activation) => ({
      head: { type: 'detr' as const, outputs, activation, noObject },
      numLabels,
    }));
  });
}
