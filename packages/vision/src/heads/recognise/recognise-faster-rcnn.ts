import type { OutputFacts } from '@qualm/types';
import type { FasterRcnnHeadSpec } from '../faster-rcnn.ts';
import { outputsOf } from './outputs.ts';
import type { NamedOutput } from './outputs.ts';
import { columnsOf, everyRow } from './values.ts';

/** Three outputs of as many rows: logits of the classes and the background, a box for each of
 * those, and proposals, which are boxes.
 */
export function recogniseFasterRcnn(
  facts: OutputFacts,
): { readonly head: FasterRcnnHeadSpec; readonly numLabels: number }[] {
  const outputs = outputsOf(facts).filter(({ shape }) => shape.length === 2 || shape.length === 3);
  if (outputs.length !== 3 || new Set(outputs.map(({ shape }) => shape.slice(0, -1).join())).size !== 1) return [];
  const boxes = outputs.toSorted((a, b) => columnsIn(b) - columnsIn(a))[0]!;
  const columns = columnsIn(boxes) / 4;
  const others = outputs.filter((output) => output !== boxes);
  return others.flatMap((proposals) => {
    const [logits] = others.filter((output) => output !== proposals) as [NamedOutput];
    const numLabels = columns - 1;
    if (columnsIn(logits) !== columns || columnsIn(proposals) !== 4 || numLabels < 1) return [];
    if (facts.numLabels !== null && facts.numLabels !== numLabels) return [];
    if (!areCorners(proposals)) return [];
    const names = { logits: logits.name, boxes: boxes.name, proposals: proposals.name };
    return [{ head: { type: 'faster-rcnn' as const, outputs: names }, numLabels }];
  });
}

function columnsIn({ shape }: NamedOutput): number {
  return shape.at(-1)!;
}

function areCorners(output: NamedOutput): boolean {
  const values = columnsOf(output);
  const isAlong = (row: number, axis: 0 | 1): boolean =>
    values.at(row, axis) >= 0 && values.at(row, axis + 2) >= values.at(row, axis);
  return everyRow(values, (row) => isAlong(row, 0) && isAlong(row, 1));
}
