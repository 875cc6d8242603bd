import type { ReportData } from '../../report-data.ts';
import { element } from '../element.ts';
import { heading, shortNumber, things } from '../words.ts';
import type { CreatePanel } from './side-panel.ts';

const bins = 14;

/** How many cells have which number; the stretch that is chosen can be widened. */
export const valuePanel: CreatePanel = (data, change) => {
  const root = element('div');
  return {
    ...{ name: 'How unsure', root },
    draw({ state: { sort, from, to }, without }) {
      const bars = valueBars(data, without({ from: null, to: null }), {
        ...{ sort, from, to },
        onChoose: (low, high) => change({ from: low, to: high }),
      });
      root.replaceChildren(bars);
    },
  };
};

/** How many of these cells have which uncertainty: bars that are buttons, each of which narrows the
 * grid to its stretch; chosen ones can be widened to others with the shift key.
 */
export function valueBars(
  { cells, strategies, by }: ReportData,
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
  const { words: name } = strategies[sort]!;
  const caption = `${heading(things(by))} by ${name}`;
  const [low, high] = rangeOf(values);
  const edge = (bin: number): number => low + (bin * (high - low)) / bins;
  const counts = new Uint32Array(bins);
  for (const index of indices) {
    const value = values[index];
    if (value != null) counts[binOf(value)]!++;
  }
  const most = Math.max(1, ...counts);
  const bars = element('div', { class: 'bars', role: 'group', 'aria-label': caption });
  const isNarrowed = from !== null || to !== null;
  counts.forEach((count, bin) => {
    // The first and the last stretch have no end on their side, so that none is lost to rounding.
    const [left, right] = [bin === 0 ? -Infinity : edge(bin), bin === bins - 1 ? Infinity : edge(bin + 1)];
    const isChosen = isNarrowed && left >= (from ?? -Infinity) && right <= (to ?? Infinity);
    const words = `${name} from ${shortNumber(edge(bin))} to ${shortNumber(edge(bin + 1))}: ${count}`;
    const bar = element('button', {
      ...{ type: 'button', title: words, 'aria-label': words, 'aria-pressed': String(isChosen) },
    });
    bar.style.setProperty('--share', String(count / most));
    bar.addEventListener('click', (event) => {
      const isSame = isNarrowed && left === (from ?? -Infinity) && right === (to ?? Infinity);
      const [lowest, highest] = [from ?? -Infinity, to ?? Infinity];
      if (event.shiftKey && isNarrowed) onChoose(bound(Math.min(lowest, left)), bound(Math.max(highest, right)));
      else if (isSame) onChoose(null, null);
      else onChoose(bound(left), bound(right));
    });
    bars.append(bar);
  });
  return element(
    'figure',
    { class: 'chart' },
    element('figcaption', {}, caption),
    bars,
    element(
      'div',
      { class: 'ends', 'aria-hidden': 'true' },
      element('span', {}, shortNumber(low)),
      element('span', {}, shortNumber(high)),
    ),
  );

  /** The stretch that a filter by its ends would find the value in. */
  function binOf(value: number): number {
    let bin = Math.min(bins - 1, Math.max(0, Math.floor((bins * (value - low)) / (high - low))));
    while (bin > 0 && value < edge(bin)) bin--;
    while (bin < bins - 1 && value >= edge(bin + 1)) bin++;
    return bin;
  }
}

/** An invalid end is null. */
function bound(value: number): number | null {
  return Number.isFinite(value) ? value : null;
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
