import type { ReportData } from '../../report-data.ts';
import { decidingOf } from '../cells/deciding-at.ts';
import { element } from '../element.ts';
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
  const most = Math.max(1, ...pairOrder.flatMap((row) => pairOrder.map((column) => counts.get(key(row, column)) ?? 0)));
  const head = element('tr', {}, element('td', {}));
  for (const column of pairOrder) head.append(element('th', { scope: 'col' }, element('span', {}, labels[column]!)));
  const table = element('table', { class: 'pairs' });
  table.append(element('caption', {}, 'Best class, down, and second best, across'), head);
  for (const row of pairOrder) {
    const line = element('tr', {}, element('th', { scope: 'row' }, labels[row]!));
    for (const column of pairOrder) line.append(pairCell(row, column));
    table.append(line);
  }
  return table;

  function pairCell(row: number, column: number): HTMLElement {
    const count = counts.get(key(row, column)) ?? 0;
    const isChosen = chosen?.[0] === row && chosen[1] === column;
    if (count === 0 && !isChosen) return element('td', {});
    const words = `${labels[row]} or ${labels[column]}: ${count}`;
    const button = element(
      'button',
      { type: 'button', 'aria-pressed': String(isChosen), 'aria-label': words, title: words },
      String(count),
    );
    button.style.setProperty('--share', String(count / most));
    button.addEventListener('click', () => onChoose(isChosen ? null : [row, column]));
    return element('td', {}, button);
  }
}
