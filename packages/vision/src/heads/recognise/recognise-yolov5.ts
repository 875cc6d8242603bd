import type { OutputFacts } from '@qualm/types';
import type { Yolov5HeadSpec } from '../yolov5.ts';
import { ofRank, stridesOf } from './outputs.ts';
import { areWithin, columnsOf } from './values.ts';

/** [n, anchors, 5 + classes], decoded, with three anchors a cell (YOLOv5, YOLOv7) or one (YOLOv6,
 * YOLOX exported decoded).
 */
export function recogniseYolov5(facts: OutputFacts): { readonly head: Yolov5HeadSpec; readonly numLabels: number }[] {
  return ofRank(facts, 3).flatMap((output) => {
    const [, anchors, columns] = output.shape as [number, number, number];
    const isGrid = stridesOf(facts.size, anchors) !== null || stridesOf(facts.size, anchors / 3) !== null;
    const numLabels = facts.numLabels ?? columns - 5;
    if (!isGrid || numLabels < 1 || columns !== 5 + numLabels) return [];
    if (!areWithin(columnsOf(output, 4), -0.01, 1.01)) return [];
    const boxes = columnsOf(output, 0, 4);
    // Sizes of boxes that are not decoded are logarithms, below 0 for small ones.
    if (!areWithin(columnsOf(output, 2, 4), 0, Infinity)) return [];
    const units = areWithin(boxes, -1, 3) ? ('relative' as const) : ('pixels' as const);
    const head: Yolov5HeadSpec = {
      ...{ type: 'yolov5', outputs: { predictions: output.name } },
      ...(units === 'relative' && { units }),
    };
    return [{ head, numLabels }];
  });
}
