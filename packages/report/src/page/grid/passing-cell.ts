import type { ReportData } from '../../report-data.ts';
import { decidingOf, numberAt } from '../cells/deciding-at.ts';
import { element } from '../element.ts';

/** A cell while it flies by: its class and its number, without the picture and the bars, which
 * nobody could see and the browser would have to lay out in each frame.
 */
export function passingCell(data: ReportData, index: number, sort: number): HTMLElement {
  const { label } = decidingOf(data, sort);
  const { number, value } = numberAt(data, index, sort);
  const name = data.labels[label[index]!] ?? data.cells.image[index]!;
  return element(
    'div',
    { role: 'gridcell', tabindex: -1, class: 'cell', 'data-index': index },
    element('div', { class: 'picture' }),
    element('div', { class: 'caption' }, element('strong', {}, name), value === null ? '' : ` ${number.say(value)}`),
  );
}
