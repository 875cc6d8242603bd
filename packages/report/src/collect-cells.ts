import { assertCell, assertOptions } from './assert-cell.ts';
import type { ReportBox, ReportCell, ReportOptions } from './report-cell.ts';
import type { CellColumns } from './report-data.ts';

type Writable<Columns> = {
  -readonly [Key in keyof Columns]: Columns[Key] extends readonly (infer Item)[] ? Item[] : never;
};

/** Gathers cells as the page takes them. */
export interface CellCollector {
  readonly columns: CellColumns;
  /** @param src where the page finds the cell's picture
   * @throws RangeError for a cell that does not fit.
   */
  add(cell: ReportCell, src: string | null): void;
  /** Says where the picture of the cell at a place is. */
  setPicture(place: number, src: string): void;
}

/** @throws RangeError for options that do not fit. */
export function createCellCollector(options: ReportOptions): CellCollector {
  assertOptions(options);
  const seen = new Set<string>();
  const values: (number | null)[][] = options.strategies.map(() => []);
  const columns: Omit<Writable<CellColumns>, 'values'> & { readonly values: typeof values } = {
    ...{ id: [], imageId: [], image: [], src: [], width: [], height: [], region: [], boxes: [], values },
    ...{ label: [], second: [], score: [], secondScore: [] },
  };
  return {
    columns,
    add(cell, src) {
      assertCell(cell, options, seen);
      const { id, image, width = 0, height = 0, region, boxes = [] } = cell;
      columns.id.push(id);
      columns.imageId.push(cell.imageId ?? null);
      columns.image.push(image);
      columns.src.push(src);
      columns.width.push(width);
      columns.height.push(height);
      columns.region.push(region ? [region.x, region.y, region.width, region.height] : null);
      columns.boxes.push(boxes.flatMap(boxNumbers));
      columns.label.push(cell.label ?? -1);
      columns.second.push(cell.second ?? -1);
      columns.score.push(finite(cell.score, 4));
      columns.secondScore.push(finite(cell.secondScore, 4));
      // As exact as the float32 numbers that models give.
      cell.values.forEach((value, strategy) => values[strategy]!.push(finite(value, 9)));
    },
    setPicture(place, src) {
      columns.src[place] = src;
    },
  };
}

/** Pixels outside of every image. */
const far = 1e9;

/** Nothing for what is no box. */
function boxNumbers({ layer = 0, label = -1, score = NaN, ...box }: ReportBox): number[] {
  const { xmin, ymin, xmax, ymax } = box;
  if (!(xmin <= xmax && ymin <= ymax)) return [];
  return [layer, label, finite(score, 4) ?? -1, ...[xmin, ymin, xmax, ymax].map(tenth)];
}

/** Of a pixel; JSON knows no infinity. */
function tenth(value: number): number {
  return Math.round(Math.min(far, Math.max(-far, value)) * 10) / 10;
}

/** Null for what is no number. */
function finite(value: number | undefined, digits: number): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(digits));
}
