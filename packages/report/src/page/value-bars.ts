import type { ReportData } from '../report-data.ts';
import { element } from './element.ts';

const bins = 24;

/** How many of these cells have which uncertainty: bars that are buttons, each of which narrows the grid to its stretch; chosen ones can be
 * widened to others with the shift key.
 */
export function valueBars(
  { cells, strategies }: ReportData,
  indices: readonly number[],
  {
    sort,
    from,
    to,
    onChoose,
  }: {
    readonly sort: number;
    readonly from: number | null;
    readonly to: number | null;
    readonly onChoose: (from: number | null, to: number | null) => void;
  },
): HTMLElement {
  const values = cells.values[sort]!;
  const { name } = strategies[sort]!;
  const [low, high] = rangeOf(values);
  const step = (high - low) / bins;
  const counts = new Uint32Array(bins);
  for (const index of indices) {
    const value = values[index];
    if (value != null) counts[Math.min(bins - 1, Math.max(0, Math.floor((value - low) / step)))]!++;
  }
  const most = Math.max(1, ...counts);
  const bars = element('div', { class: 'bars', role: 'group', 'aria-label': `Cells by ${name}` });
  const edge = (bin: number): number => (bin === bins ? high : Number((low + bin * step).toPrecision(6)));
  counts.forEach((count, bin) => {
    const [left, right] = [edge(bin), edge(bin + 1)];
    const isChosen = from !== null && to !== null && left >= from && right <= to;
    const words = `${name} from ${short(left)} to ${short(right)}: ${count}`;
    const bar = element('button', {
      type: 'button',
      title: words,
      'aria-label': words,
      'aria-pressed': String(isChosen),
    });
    bar.style.setProperty('--share', String(count / most));
    bar.addEventListener('click', (event) => {
      if (event.shiftKey && from !== null && to !== null) onChoose(Math.min(from, left), Math.max(to, right));
      else if (from === left && to === right) onChoose(null, null);
      else onChoose(left, right);
    });
    bars.append(bar);
  });
  return element(
    'figure',
    { class: 'chart' },
    element('figcaption', {}, `Cells by ${name}`),
    bars,
    element(
      'div',
      { class: 'ends', 'aria-hidden': 'true' },
      element('span', {}, short(low)),
      element('span', {}, short(high)),
    ),
  );
}

function rangeOf(values: readonly (number | null)[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value === null) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return [0, 1];
  return [low, high > low ? high : low + 1];
}

function short(value: number): string {
  return Number(value.toPrecision(3)).toString();
}
