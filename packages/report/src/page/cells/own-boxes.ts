import type { ReportData } from '../../report-data.ts';
import { boxesAt } from './box-at.ts';
import type { KnownBox } from './box-at.ts';

/** What the model itself found in the image of a cell; of a cell that is a box this one alone. */
export function ownBoxes(data: ReportData, index: number): KnownBox[] {
  const { cells, by } = data;
  const which = cells.deciding[0]!.box[index]!;
  const found = boxesAt(data, index).filter(({ layer }) => layer === 0);
  return by === 'image' ? found : found.filter(({ box }) => which < 0 || box === which).slice(0, 1);
}
