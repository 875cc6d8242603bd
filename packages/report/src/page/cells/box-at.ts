import type { ReportShape } from '../../report-cell.ts';
import { boxFields, notCompared } from '../../report-data.ts';
import type { ReportData } from '../../report-data.ts';
import { firstRivalOf, readRivals, readRivalsOf } from '../../rivals-text.ts';

/** A class that a box may be; its score is null where only the class is known. */
export interface VectorClass {
  /** A place in `labels`. */
  readonly label: number;
  readonly score: number | null;
}

/** A box of a cell, with all that the page knows of it. */
export interface KnownBox {
  readonly layer: number;
  /** A place in `labels`; -1 where it has none. */
  readonly label: number;
  readonly score: number | null;
  /** In pixels of the image. */
  readonly xmin: number;
  readonly ymin: number;
  readonly xmax: number;
  readonly ymax: number;
  /** Which of the image's boxes it is; -1 where nobody says. */
  readonly box: number;
  /** The classes after its best one, best first. */
  readonly rivals: readonly VectorClass[];
  /** What each strategy says of it; empty where none was asked. */
  readonly values: readonly (number | null)[];
  /** The class that the other side has of the same thing, -1 for nothing; null where nobody
   * compared the box with labels.
   */
  readonly partner: number | null;
  /** Whether the cell is about it, though it is none of the model's. */
  readonly isAbout: boolean;
  /** In pixels of the image; absent where the box stands alone. */
  readonly shape?: ReportShape;
}

/** The boxes of a cell, in the order in which it has them. */
export function boxesAt({ cells, by }: ReportData, index: number): KnownBox[] {
  const numbers = cells.boxes[index]!;
  const shapes = new Map(cells.shapes?.[index]);
  const rivals = readRivals(cells.rivals?.[index] ?? '');
  return Array.from({ length: numbers.length / boxFields }, (_, at) => {
    const start = at * boxFields;
    const [layer, label, score, xmin, ymin] = numbers.slice(start, start + 5) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const [xmax, ymax, box] = numbers.slice(start + 5, start + boxFields) as [number, number, number];
    const shape = shapes.get(at);
    const partner = cells.partners?.[index]?.[at] ?? notCompared;
    const isAbout = by === 'box' && layer > 0 && partner !== notCompared;
    return {
      ...{ layer, label, score: score < 0 ? null : score, xmin, ymin, xmax, ymax, box },
      ...{ partner: partner === notCompared ? null : partner, isAbout },
      ...{ rivals: rivals[at] ?? [], values: cells.boxValues?.[index]?.[at] ?? [] },
      ...(shape && { shape }),
    };
  });
}

/** Of a box of a cell: the classes after its best one. */
export function rivalsAt({ rivals }: ReportData['cells'], index: number, at: number): VectorClass[] {
  return readRivalsOf(rivals?.[index] ?? '', at);
}

/** The first of them; null where there is none. */
export function rivalAt({ rivals }: ReportData['cells'], index: number, at: number): VectorClass | null {
  return firstRivalOf(rivals?.[index] ?? '', at);
}

/** Where among the boxes of a cell that of this number and layer is; -1 for nowhere. */
export function placeOfBox({ boxes }: ReportData['cells'], index: number, box: number, layer = 0): number {
  const numbers = boxes[index]!;
  for (let start = 0; box >= 0 && start < numbers.length; start += boxFields)
    if (numbers[start] === layer && numbers[start + boxFields - 1] === box) return start / boxFields;
  return -1;
}
