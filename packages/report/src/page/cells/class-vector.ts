import type { ReportData } from '../../report-data.ts';
import { mostRivals } from '../../rivals-text.ts';
import { placeOfBox, rivalsAt } from './box-at.ts';
import type { KnownBox, VectorClass } from './box-at.ts';
import { decidingOf } from './deciding-at.ts';

/** The best classes of the box that a cell's number comes from, best first; of a box with one score
 * its class, of a cell without classes nothing.
 */
export function decidingVector(data: ReportData, index: number, sort: number): VectorClass[] {
  const { box, label, second, score, secondScore, layer } = decidingOf(data, sort);
  if (label[index]! < 0) return [];
  const best = { label: label[index]!, score: score[index]! };
  const place = placeOfBox(data.cells, index, box[index]!, layer[index]);
  const rivals = place < 0 ? [] : rivalsAt(data.cells, index, place);
  if (rivals.length > 0 || second[index]! < 0) return [best, ...rivals];
  return [best, { label: second[index]!, score: secondScore[index]! }];
}

/** The best classes of a box, best first. */
export function boxVector({ label, score, rivals }: KnownBox): VectorClass[] {
  return label < 0 ? [] : [{ label, score }, ...rivals];
}

/** In a cell of the grid. */
const mostBars = 3;

/** How many classes the cells of a report show below their pictures, at most: 0 where no box has a
 * class.
 */
export function barsInCells({ cells: { rivals, deciding } }: ReportData): number {
  const texts = rivals ?? [];
  const most = texts.reduce(
    (found, text) => (text !== null && found < mostBars - 1 ? Math.max(found, mostRivals(text)) : found),
    0,
  );
  const has = (name: 'label' | 'second'): boolean =>
    deciding.some((columns) => columns[name].some((place) => place >= 0));
  if (!has('label')) return 0;
  return Math.min(mostBars, Math.max(1 + most, has('second') ? 2 : 1));
}

/** The first of a vector that a cell has room for, without those that are nothing at two digits. */
export function shownInCell(vector: readonly VectorClass[]): readonly VectorClass[] {
  return vector.slice(0, mostBars).filter(({ score }, at) => at < 2 || score === null || score >= 0.005);
}
