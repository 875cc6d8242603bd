import type { ReportData } from '../../report-data.ts';
import { boxesAt } from './box-at.ts';
import type { KnownBox } from './box-at.ts';
import { shownBoxes } from './shown-boxes.ts';

/** What the model itself found in the image of a cell; of a cell that is a box this one alone,
 * whichever model found it.
 */
export function ownBoxes(data: ReportData, index: number): KnownBox[] {
  const { box, layer } = shownBoxes(data, 0);
  const which = box[index]!;
  const found = boxesAt(data, index).filter((one) => one.layer === layer[index]);
  return data.by === 'image' ? found : found.filter(({ box }) => which < 0 || box === which).slice(0, 1);
}
