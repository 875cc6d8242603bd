import { createBoxes } from '@qualm/types';
import type { BoxArrays, Boxes } from '@qualm/types';
import type { ReportBox, ScoredClass } from './report-cell.ts';

/** Boxes of one layer of a cell as `Boxes` of `@qualm/types` have them. Their label ids are
 * places in the `labels` of the report, -1 for a box without a class; each box is drawn with its
 * best class. */
export interface LayerBoxes extends BoxArrays {
  /** A place in `layers`. Default 0. */
  readonly layer?: number;
}

/** The boxes of a cell one by one. */
export function boxRows(boxes: readonly (ReportBox | LayerBoxes)[]): readonly ReportBox[] {
  return boxes.every(isRow) ? boxes : boxes.flatMap((one) => (isRow(one) ? [one] : rowsOf(one)));
}

function isRow(one: ReportBox | LayerBoxes): one is ReportBox {
  return !ArrayBuffer.isView((Object(one) as Partial<LayerBoxes>).boxes);
}

function rowsOf(layerBoxes: LayerBoxes): ReportBox[] {
  const { layer = 0 } = layerBoxes;
  const all = createBoxes(layerBoxes);
  return Array.from({ length: all.length }, (_, row) => {
    const side = (at: number): number => all.boxes[4 * row + at]!;
    const { label_id, score } = all.best(row)!;
    const rivals = rivalsOf(all, row);
    return {
      ...{ xmin: side(0), ymin: side(1), xmax: side(2), ymax: side(3), layer, box: row },
      ...(label_id >= 0 && { label: label_id }),
      ...(!Number.isNaN(score) && { score }),
      ...(rivals.length > 0 && { rivals }),
    };
  });
}

/** As many are shown with the best one. */
const mostRivals = 4;

function rivalsOf({ numClasses, labelIds, scores }: Boxes, row: number): ScoredClass[] {
  const classes = Array.from({ length: Math.min(mostRivals, numClasses - 1) }, (_, at) => {
    const place = row * numClasses + at + 1;
    return { label: labelIds[place]!, score: scores?.[place] ?? NaN };
  });
  return classes.filter(({ label }) => label >= 0);
}
