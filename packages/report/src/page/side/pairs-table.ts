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
  const counts = new Map<number, number>();
  const key = (label: number, second: number): number => label * labels.length + second;
  for (const index of indices) {
    const [label, second] = [deciding.label[index]!, deciding.second[index]!];
    if (label >= 0 && second >= 0) counts.set(key(label, second), (counts.get(key(label, second)) ?? 0) + 1);
  }
  return classTable({
    caption: 'Best class, down, and second best, across',
    places: pairOrder,
    nameOf: (place) => labels[place]!,
    count: ([row, column]) => counts.get(key(row, column)) ?? 0,
    words: ([row, column]) => `${labels[row]} or ${labels[column]}`,
    ...{ chosen, onChoose },
  });
}
