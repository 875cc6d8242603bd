import { boxFields } from '../report-data.ts';
import type { ReportData } from '../report-data.ts';

/** A box that the model found, in pixels of the image. */
export interface OwnBox {
  /** A place in `labels`, or -1. */
  readonly label: number;
  /** -1 where there is none. */
  readonly score: number;
  readonly xmin: number;
  readonly ymin: number;
  readonly xmax: number;
  readonly ymax: number;
}

/** What the model itself found in the image of a cell; of a cell that is a box this one alone. */
export function ownBoxes({ cells, by }: ReportData, index: number): OwnBox[] {
  const numbers = cells.boxes[index]!;
  const which = cells.deciding[0]!.box[index]!;
  const found: OwnBox[] = [];
  for (let at = 0; at < numbers.length; at += boxFields) {
    const [layer, label, score, xmin, ymin, xmax, ymax, box] = numbers.slice(at, at + boxFields) as [
      ...[number, number, number],
      ...[number, number, number, number, number],
    ];
    if (layer !== 0 || (by === 'box' && which >= 0 && box !== which)) continue;
    found.push({ label, score, xmin, ymin, xmax, ymax });
  }
  return by === 'box' ? found.slice(0, 1) : found;
}
