import type { OutputFacts } from '@qualm/types';
import type { TwoOutputsHeadSpec } from '../two-outputs.ts';
import { pairOf } from './recognise-pair.ts';
import { activationOf, areWithin, columnsOf, everyRow } from './values.ts';
import type { Values } from './values.ts';

/** Decoded boxes and scores of their classes, as two outputs. */
export function recogniseTwoOutputs(
  facts: OutputFacts,
): { readonly head: TwoOutputsHeadSpec; readonly numLabels: number }[] {
  const pair = pairOf(facts);
  if (!pair) return [];
  const { boxes, scores } = pair;
  const numLabels = scores.shape[2]!;
  if (facts.numLabels !== null && facts.numLabels !== numLabels) return [];
  const values = columnsOf(boxes);
  const longest = 2 * Math.max(facts.size.width, facts.size.height);
  const units = areWithin(values, -1, 2) ? ('relative' as const) : ('pixels' as const);
  if (!areWithin(values, -longest, longest)) return [];
  const activations =
    activationOf(columnsOf(scores)) === 'none' ? ['none' as const] : (['sigmoid', 'softmax'] as const);
  const outputs = { boxes: boxes.name, scores: scores.name };
  return formatsOf(values).flatMap((format) =>
    activations.map((activation) => ({
      head: { type: 'two-outputs' as const, outputs, format, units, ...(activation !== 'none' && { activation }) },
      numLabels,
    })),
  );
}

/** What four numbers may be: corners where the last two are never less than the first, centre and
 * size where no size is below 0. Offsets that nobody decoded are neither.
 */
function formatsOf(boxes: Values): TwoOutputsHeadSpec['format'][] {
  if (everyRow(boxes, (row) => boxes.at(row, 2) >= boxes.at(row, 0) && boxes.at(row, 3) >= boxes.at(row, 1)))
    return ['xyxy', 'yxyx'];
  return everyRow(boxes, (row) => boxes.at(row, 2) >= 0 && boxes.at(row, 3) >= 0) ? ['cxcywh'] : [];
}
