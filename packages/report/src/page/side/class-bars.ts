import { countText } from '@qualm/types';
import type { ReportData } from '../../report-data.ts';
import { decidingOf } from '../cells/deciding-at.ts';
import { element } from '../element.ts';
import { heading, things } from '../words.ts';
import type { CreatePanel } from './side-panel.ts';

const most = 12;

/** Which classes cells have. */
export const classPanel: CreatePanel = (data, change) => {
  if (data.labels.length === 0) return null;
  const root = element('div');
  return {
    ...{ name: 'Classes', root },
    draw({ state: { sort, label: chosen }, without }) {
      const bars = classBars(data, without({ label: null, pair: null }), {
        ...{ sort, chosen },
        onChoose: (label) => change({ label, pair: null }),
      });
      root.replaceChildren(bars);
    },
  };
};

/** The classes that most of these cells have as their best: bars that are buttons, each of which
 * narrows the grid to its class.
 */
export function classBars(
  data: ReportData,
  indices: readonly number[],
  {
    sort,
    chosen,
    onChoose,
  }: { readonly sort: number; readonly chosen: number | null; readonly onChoose: (label: number | null) => void },
): HTMLElement {
  const { labels, by } = data;
  const caption = `${heading(things(by))} by class`;
  const deciding = decidingOf(data, sort);
  const byLabel = new Uint32Array(labels.length);
  for (const index of indices) {
    const label = deciding.label[index]!;
    if (label >= 0) byLabel[label]!++;
  }
  const counts = Array.from(byLabel, (count, label) => [label, count] as const).filter(([, count]) => count > 0);
  const first = counts.toSorted(([a, one], [b, two]) => two - one || a - b).slice(0, most);
  const largest = first[0]?.[1] ?? 1;
  const bars = first.map(([label, count]) => {
    const bar = element(
      'button',
      { type: 'button', 'aria-pressed': String(label === chosen), title: `${labels[label]}: ${countText(count)}` },
      element('span', { class: 'name' }, labels[label]!),
      element('span', { class: 'count-of' }, countText(count)),
    );
    bar.style.setProperty('--share', String(count / largest));
    bar.addEventListener('click', () => onChoose(label === chosen ? null : label));
    return bar;
  });
  const rest = counts.length - first.length;
  return element(
    'figure',
    { class: 'chart' },
    element('figcaption', {}, `${caption}${rest > 0 ? `, the first ${first.length} of ${counts.length}` : ''}`),
    element('div', { class: 'class-bars', role: 'group', 'aria-label': caption }, ...bars),
  );
}
