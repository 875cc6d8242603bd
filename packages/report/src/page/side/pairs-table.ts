import type { ReportData } from '../../report-data.ts';
import { decidingOf } from '../cells/deciding-at.ts';
import { element } from '../element.ts';
import { classTable } from './class-table.ts';
import type { CreatePanel } from './side-panel.ts';

/** Which classes are confused. */
export const pairsPanel: CreatePanel = (data, change) => {
  if (data.pairOrder.length === 0) return null;
  const root = element('div');
  return {
    ...{ name: 'Confused pairs', root },
    draw({ state: { sort, pair: chosen }, without }) {
      root.replaceChildren(
        pairsTable(data, without({ pair: null }), { ...{ sort, chosen }, onChoose: (pair) => change({ pair }) }),
      );
    },
  };
};

/** How often which class is the best and which the second, of these cells: a table whose numbers
 * are buttons.
 */
export function pairsTable(
  data: ReportData,
  indices: readonly number[],
  {
    sort,
    chosen,
    onChoose,
  }: {
    readonly sort: number;
    readonly chosen: readonly [number, number] | null;
    readonly onChoose: (pair: readonly [number, number] | null) => void;
  },
): HTMLElement {
  const { labels, pairOrder } = data;
  const deciding = decidingOf(data, sort);
  // From 1: the first column and row are of all that is not in the table.
  const sideOf = new Uint32Array(labels.length);
  pairOrder.forEach((label, at) => (sideOf[label] = at + 1));
  const width = pairOrder.length + 1;
  const counts = new Uint32Array(width * width);
  for (const index of indices) {
    const label = deciding.label[index]!;
    const second = deciding.second[index]!;
    if (label >= 0 && second >= 0) counts[width * sideOf[label]! + sideOf[second]!]!++;
  }
  return classTable({
    caption: 'Best class, down, and second best, across',
    places: pairOrder,
    nameOf: (place) => labels[place]!,
    count: ([row, column]) => counts[width * sideOf[row]! + sideOf[column]!]!,
    words: ([row, column]) => `${labels[row]} or ${labels[column]}`,
    ...{ chosen, onChoose },
  });
}
