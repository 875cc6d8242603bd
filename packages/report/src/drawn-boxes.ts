import { finite } from './finite.ts';
import { boxRows } from './layer-boxes.ts';
import { notCompared } from './report-data.ts';
import type { CellColumns, PlacedShape } from './report-data.ts';
import type { ReportBox, ReportCell } from './report-cell.ts';
import { rivalsText } from './rivals-text.ts';
import type { Rival } from './rivals-text.ts';

/** What the page takes of one cell: null where its boxes have none. */
type OfCell<Key extends 'rivals' | 'boxValues' | 'partners' | 'shapes' | 'pairs'> =
  NonNullable<CellColumns[Key]>[number] | null;

/** The boxes of a cell that are drawn, as the page takes them. */
export interface DrawnBoxes {
  /** Layer, class, score, sides and place of each, one after the other. */
  readonly numbers: number[];
  readonly rivals: OfCell<'rivals'>;
  readonly boxValues: OfCell<'boxValues'>;
  readonly partners: OfCell<'partners'>;
  readonly shapes: OfCell<'shapes'>;
  readonly pairs: OfCell<'pairs'>;
}

/** Without invalid boxes.
 * @param pairs places in `boxes`
 */
export function drawnBoxes(boxes: NonNullable<ReportCell['boxes']>, pairs: ReportCell['pairs']): DrawnBoxes {
  const rows = boxRows(boxes);
  const drawn = rows.filter(isDrawn);
  const shapes = drawn.flatMap(({ shape }, place): PlacedShape[] => (shape ? [[place, shape]] : []));
  const lastCompared = drawn.findLastIndex(({ partner }) => partner !== undefined);
  const partners = drawn.slice(0, lastCompared + 1).map(({ partner = notCompared }) => partner);
  return {
    numbers: drawn.flatMap(boxNumbers),
    rivals: rivalsText(drawn.map(shownRivals)),
    boxValues: listOf(drawn.map(({ values = [] }) => values.map((value) => finite(value, 5)))),
    partners: partners.length === 0 ? null : partners,
    shapes: shapes.length === 0 ? null : shapes,
    pairs: pairs ? drawnPairs(pairs, rows) : null,
  };
}

/** Pairs of boxes that are drawn, as places among these. */
function drawnPairs(pairs: NonNullable<ReportCell['pairs']>, rows: readonly ReportBox[]): number[] {
  const places = new Int32Array(rows.length).fill(-1);
  let count = 0;
  rows.forEach((row, at) => {
    if (isDrawn(row)) places[at] = count++;
  });
  return pairs.flatMap(([first, second]) => {
    const [one, two] = [places[first]!, places[second]!];
    return one < 0 || two < 0 ? [] : [one, two];
  });
}

/** False for an invalid box. */
function isDrawn({ xmin, ymin, xmax, ymax }: ReportBox): boolean {
  return xmin <= xmax && ymin <= ymax;
}

/** Null for a list of nothing. */
function listOf<Item>(lists: readonly (readonly Item[])[]): readonly (readonly Item[])[] | null {
  return lists.some((list) => list.length > 0) ? lists : null;
}

/** Without those of a score that is nothing when it is rounded: only the first may be one. */
function shownRivals({ rivals = [] }: ReportBox): Rival[] {
  return rivals
    .map(({ label, score }) => ({ label, score: Math.round(score * 1e4) / 1e4 }))
    .filter(({ score }, at) => score > 0 || (at === 0 && score === 0));
}

function boxNumbers({ layer = 0, label = -1, score = NaN, box = -1, ...sides }: ReportBox): number[] {
  const { xmin, ymin, xmax, ymax } = sides;
  return [layer, label, finite(score, 4) ?? -1, ...[xmin, ymin, xmax, ymax].map(tenth), box];
}

/** Pixels outside of every image. */
const far = 1e9;

/** Of a pixel; JSON knows no infinity. */
function tenth(value: number): number {
  return Math.round(Math.min(far, Math.max(-far, value)) * 10) / 10;
}
