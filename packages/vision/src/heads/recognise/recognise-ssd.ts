import type { OutputFacts } from '@qualm/types';
import type { SsdHeadSpec } from '../ssd-schema.ts';
import { ofRank, outputsOf } from './outputs.ts';
import type { NamedOutput } from './outputs.ts';
import { boxName } from './recognise-pair.ts';
import { areDistributions, areWithin, columnsOf, everyRow, meanOf } from './values.ts';
import type { Values } from './values.ts';

type Part = Pick<SsdHeadSpec, 'boxEncoding' | 'anchors'>;

/** An anchor has a row of scores, a row of box codes and, where they are an output too, a row of
 * anchors. Which of two outputs of four numbers are the anchors, the numbers say: they are boxes.
 */
export function recogniseSsd(facts: OutputFacts): { readonly head: SsdHeadSpec; readonly numLabels: number }[] {
  const fours = [...ofRank(facts, 3), ...ofRank(facts, 2)].filter(({ shape }) => shape.at(-1) === 4);
  return ofRank(facts, 3).flatMap((scores) => {
    const [, numAnchors, columns] = scores.shape as [number, number, number];
    const rows = fours.filter((output) => output.name !== scores.name && output.shape.at(-2) === numAnchors);
    if (rows.length !== 2 || outputsOf(facts).length !== 3 || boxName.test(scores.name)) return [];
    return backgroundsOf(columnsOf(scores), columns, facts.numLabels).flatMap(({ background, activation }) =>
      partsOf(rows as [NamedOutput, NamedOutput]).map(({ boxes, ...part }) => ({
        head: {
          ...{ type: 'ssd' as const, outputs: { scores: scores.name, boxes }, activation, background },
          ...part,
        },
        numLabels: columns - (background ? 1 : 0),
      })),
    );
  });
}

/** Whether column 0 is the background, and what scores still need. */
function backgroundsOf(
  scores: Values,
  columns: number,
  numLabels: number | null,
): Pick<SsdHeadSpec, 'background' | 'activation'>[] {
  const known = numLabels === null ? null : columns - numLabels === 1;
  if (numLabels !== null && columns !== numLabels && !known) return [];
  if (areDistributions(scores)) return [{ background: known ?? true, activation: 'none' }];
  const isBackground = known ?? meanOf(scores, 0) > 10 * Math.abs(meanOf(scores, columns - 1));
  if (areWithin(scores, -0.01, 1.01)) return [{ background: isBackground, activation: 'none' }];
  return (['sigmoid', 'softmax'] as const).map((activation) => ({ background: isBackground, activation }));
}

/** Each of the two as the anchors, where its numbers are boxes: corners in either order, or centres
 * and sizes.
 */
function partsOf([first, second]: readonly [NamedOutput, NamedOutput]): (Part & { readonly boxes: string })[] {
  const pairs = [
    [first, second],
    [second, first],
  ] as const;
  return pairs.flatMap(([anchors, boxes]) => {
    const values = columnsOf(anchors);
    if (!areWithin(values, -1, 2)) return [];
    const isCorners = everyRow(values, (row) => isOrdered(values, row));
    if (!isCorners && !everyRow(values, (row) => values.at(row, 2) > 0 && values.at(row, 3) > 0)) return [];
    const formats = isCorners ? (['xyxy', 'yxyx'] as const) : (['cxcywh'] as const);
    const encodings = isCorners ? [cornerOffset, ...centerSizes] : centerSizes;
    return formats.flatMap((format) =>
      encodings.map((boxEncoding) => ({ boxes: boxes.name, boxEncoding, anchors: { output: anchors.name, format } })),
    );
  });
}

const cornerOffset = { type: 'corner-offset' } as const;

/** Variances of 0.1 and 0.2, as nearly all SSDs have them. */
const centerSizes = (['yxhw', 'xywh'] as const).map((order) => ({
  ...{ type: 'center-size' as const, order },
  weights: [10, 10, 5, 5] as const,
}));

function isOrdered(values: Values, row: number): boolean {
  return values.at(row, 2) > values.at(row, 0) && values.at(row, 3) > values.at(row, 1);
}
