import type { OutputFacts } from '@qualm/types';
import { farthestOffset } from '../undecoded-boxes.ts';
import type { YoloxHeadSpec } from '../yolox.ts';
import { ofRank, stridesOf } from './outputs.ts';
import { areWithin, columnsOf } from './values.ts';

/** [n, cells, 5 + classes], undecoded. */
export function recogniseYolox(facts: OutputFacts): { readonly head: YoloxHeadSpec; readonly numLabels: number }[] {
  return ofRank(facts, 3).flatMap((output) => {
    const [, cells, columns] = output.shape as [number, number, number];
    const strides = stridesOf(facts.size, cells);
    const numLabels = facts.numLabels ?? columns - 5;
    if (!strides || numLabels < 1 || columns !== 5 + numLabels) return [];
    if (!areWithin(columnsOf(output, 4), -0.01, 1.01)) return [];
    if (!areWithin(columnsOf(output, 0, 2), -farthestOffset, farthestOffset)) return [];
    return [{ head: { type: 'yolox', outputs: { predictions: output.name }, strides }, numLabels }];
  });
}
